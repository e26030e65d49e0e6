package dev.dibs.processor;

import dev.dibs.processor.running.ProcessorStartException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/** Says in one line why the application does not start. */
final class StartFailure {
    private StartFailure() {}

    static String describe(Throwable failure) {
        String bound = null;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessorStartException) {
                return cause.getMessage();
            }
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                bound = value(bind.getProperty());
            }
            root = cause;
        }
        String reason = root.getMessage() == null ? root.toString() : root.getMessage();
        return oneLine(bound == null || reason.contains("dibs.") ? reason : bound + ": " + reason);
    }

    private static String value(ConfigurationProperty property) {
        return property.getName() + "=" + property.getValue();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
