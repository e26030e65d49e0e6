package dev.dibs.processor;

import dev.dibs.processor.running.ProcessorRunner;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The stream-processor as a program. No auto-configuration: beside other services in one JVM, what is on their class
 * path is none of this application's business.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(ProcessorConfiguration.class)
public class ProcessorApplication {
    private static final Logger log = LoggerFactory.getLogger(ProcessorApplication.class);

    /** How the application is started, by its main and by programs that hold it. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ProcessorApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .properties(
                        "logging.level.org.apache.kafka=WARN",
                        // Tells of every attempt to connect; what is not reachable is said once, by the application.
                        "logging.level.org.apache.kafka.clients.NetworkClient=ERROR",
                        // Tells of every attempt that comes while the broker still closes the transaction before.
                        "logging.level.org.apache.kafka.clients.producer.internals.Sender=ERROR",
                        // Warns of a state directory among temporary files, where a demonstration wants it.
                        "logging.level.org.apache.kafka.streams.processor.internals.StateDirectory=ERROR");
    }

    public static void main(String[] args) {
        int status = run(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Runs until the application is told to stop.
     *
     * @return 0, or 1 after an error, which has been logged in one line then
     */
    static int run(String... args) {
        // Errors at the start are told below, in one line, instead of by a banner or a stack trace.
        SpringApplicationBuilder application = builder()
                .properties(
                        "logging.level.org.springframework.boot.SpringApplication=OFF",
                        "logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter=OFF",
                        "logging.level.org.springframework.context=ERROR");
        try (ConfigurableApplicationContext context = application.run(args)) {
            context.getBean(ProcessorRunner.class).stopped().join();
            return 0;
        } catch (CompletionException e) {
            // The runner has told why.
            return 1;
        } catch (RuntimeException e) {
            log.error("The stream-processor cannot start: {}", StartFailure.describe(e));
            return 1;
        }
    }
}
