package dev.dibs.standalone.console;

/** Something that the person at the keyboard has to know or to change. The message is what is printed. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProblemException(String message) {
        super(message);
    }

    public ProblemException(String message, Throwable cause) {
        super(message, cause);
    }
}
