package dev.dibs.api;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;

/** Starts one instance of the API. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
@PropertySource("classpath:dev/dibs/api/server.properties")
public class ApiApplication {

    public static void main(String[] args) {
        builder().run(args);
    }

    /** How the application is started, by its main and by programs that hold it. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ApiApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        // Without these the clients' reports of every attempt bury the one line that matters.
                        "logging.level.org.apache.kafka=warn",
                        "logging.level.org.apache.kafka.clients.NetworkClient=error",
                        "logging.level.org.mongodb=warn",
                        // What keeps the application from starting is said by StartFailureReporter, in one line.
                        "logging.level.org.springframework.boot.web.server.reactive.context=error",
                        "logging.level.org.springframework.boot.autoconfigure.logging=error");
    }

    /** Before any other bean is made, and any server asked. */
    @Bean
    static SettingsCheck settingsCheck() {
        return new SettingsCheck();
    }
}
