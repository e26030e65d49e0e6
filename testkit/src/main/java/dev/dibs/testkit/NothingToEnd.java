package dev.dibs.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * A test that is skipped where it begins, such as for want of a server, has nothing that it could end. JUnit has it end
 * all the same, and what fails then would make it a test that has failed.
 */
public final class NothingToEnd implements LifecycleMethodExecutionExceptionHandler {
    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throwUnlessSkipped(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throwUnlessSkipped(context, failure);
    }

    private static void throwUnlessSkipped(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(context.getExecutionException().orElse(null) instanceof TestAbortedException)) {
            throw failure;
        }
    }
}
