package dev.dibs.projector.store;

/** The database did not answer, or not in time: nothing is known of what was asked, and it must be asked again. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
