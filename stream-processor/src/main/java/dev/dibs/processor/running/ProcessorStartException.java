package dev.dibs.processor.running;

/** The processor cannot start; the message says why, and what to do about it. */
public final class ProcessorStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessorStartException(String message) {
        super(message);
    }

    public ProcessorStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
