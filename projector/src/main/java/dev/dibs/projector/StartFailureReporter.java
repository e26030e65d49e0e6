package dev.dibs.projector;

import dev.dibs.projector.rebuild.RebuildException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the projector does not start, where Spring Boot would write a page. Only this service's own
 * reasons are taken: other services may live in the same JVM.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {
    private static final Logger log = LoggerFactory.getLogger(StartFailureReporter.class);

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure) {
                log.error("The projector cannot start: {}", cause.getMessage());
                return true;
            }
            if (cause instanceof RebuildException) {
                log.error("The rebuild has failed: {}", cause.getMessage());
                return true;
            }
            if (cause instanceof ConfigurationPropertiesBindException bind
                    && bind.getBeanType() == ProjectorProperties.class) {
                log.error("The projector cannot start: {}", root(bind));
                return true;
            }
        }
        return false;
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
