package dev.dibs.projector;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The projector as a program. Nothing is configured automatically: it needs nothing of Spring but its configuration
 * and its lifecycle, and must not pick up what other services in the same JVM bring along.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(ProjectorConfiguration.class)
public class ProjectorApplication {

    /** Follows the log until stopped; with {@code --dibs.rebuild=true} rebuilds and exits. Exits with 1 on failure. */
    public static void main(String[] args) {
        SpringApplicationBuilder builder = builder();
        builder.application().setKeepAlive(true);
        try {
            ConfigurableApplicationContext context = builder.run(args);
            if (context.getBean(ProjectorProperties.class).rebuild()) {
                context.close();
            }
        } catch (RuntimeException e) {
            // Spring Boot has reported it already.
            System.exit(1);
        }
    }

    /** The application as other programs in the same JVM start it too: {@code builder().run("--dibs.kafka=…")}. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ProjectorApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        // Without these the clients' reports of every attempt bury the one line that matters.
                        "logging.level.org.apache.kafka=warn",
                        "logging.level.org.apache.kafka.clients.NetworkClient=error",
                        "logging.level.org.mongodb=warn");
    }
}
