package dev.dibs.codes;

/** A stored code cannot be read: its key is not configured here, or it was changed where it lies. */
public final class UnreadableCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableCodeException(String message) {
        super(message);
    }
}
