package dev.dibs.api.http;

/** What a client sent cannot be read; the message says what is allowed and is meant for the client. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final int status;

    BadRequestException(String message) {
        this(message, BAD_REQUEST);
    }

    /** @param status the HTTP status, 400 to 499 */
    BadRequestException(String message, int status) {
        // Without a stack trace: it is the client's fault, and clients can make a lot of them.
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
