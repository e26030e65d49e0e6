package dev.dibs.codec;

/** Bytes that are not what their topic says. Whoever reads them counts them, dead-letters them and goes on. */
public final class UndecodableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableRecordException(String message) {
        super(message);
    }

    public UndecodableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
