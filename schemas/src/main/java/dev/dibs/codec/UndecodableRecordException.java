package dev.dibs.codec;

/** Bytes that are not what their topic says. Whoever reads them counts them, dead-letters them and goes on. */
public final class UndecodableRecordException extends Exception {
    private static final long serialVersionUID = 1L;
    /** The message goes into logs and headers, and may quote what a stranger wrote. */
    private static final int MAX_LENGTH = 300;

    public UndecodableRecordException(String message) {
        super(shortened(message));
    }

    public UndecodableRecordException(String message, Throwable cause) {
        super(shortened(message), cause);
    }

    private static String shortened(String message) {
        return message == null || message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "…";
    }
}
