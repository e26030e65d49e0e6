package dev.dibs.api;

import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the API does not start, where Spring Boot would write a page. What is not recognised is a bug,
 * and is left to Spring Boot with its stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {
    private static final Logger log = LoggerFactory.getLogger(StartFailureReporter.class);

    /** Null where the application failed before it had one. */
    private final ConfigurableApplicationContext context;

    StartFailureReporter(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        if (!isOfApi()) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = reason(cause);
            if (reason != null) {
                log.error("The API cannot start: {}", reason.replaceAll("\\s*\\R\\s*", "; "));
                return true;
            }
        }
        return false;
    }

    /** Other services may live in the same JVM, and have reporters of their own. */
    private boolean isOfApi() {
        return context != null && context.getBeanFactory().containsBeanDefinition("apiApplication");
    }

    private static String reason(Throwable cause) {
        if (cause instanceof CannotStartException) {
            return cause.getMessage();
        }
        if (cause instanceof PortInUseException inUse) {
            return "port " + inUse.getPort() + " is in use; set DIBS_PORT (or dibs.port) to another one";
        }
        if (cause instanceof ConfigException) {
            return "dibs.kafka must be host:port, several separated by commas: " + cause.getMessage();
        }
        return null;
    }
}
