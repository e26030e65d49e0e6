package dev.dibs.api.http;

/** What an answer says, by its {@code ret}; the table of the specification. */
enum Ret {
    SUCCESS(0, 200, "success"),
    PENDING(1, 202, "your grab is being confirmed; ask /ticket/result in a moment"),
    ENDED(-1, 200, "the activity has ended"),
    SOLD_OUT(-2, 200, "out of tickets"),
    UNAVAILABLE(-3, 503, "the system is busy, nothing has been decided; please try again"),
    NOT_STARTED(-4, 200, "the activity has not started"),
    ALREADY_TAKEN(-5, 200, "you have taken part already"),
    NOT_ELIGIBLE(-6, 200, "you are not eligible for this activity"),
    UNAUTHENTICATED(-7, 401, "a valid token is needed; log in"),
    TOO_MANY_REQUESTS(-8, 429, "too many requests; please slow down"),
    BAD_PARAMETER(-9, 400, "a parameter is missing or wrong"),
    NOT_FOUND(-10, 404, "no such activity or ticket"),
    PAUSED(-11, 200, "the activity is paused");

    private final int code;
    private final int status;
    private final String message;

    Ret(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    int code() {
        return code;
    }

    /** The HTTP status that goes with it. */
    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /** Whether the same request is worth repeating in a moment. */
    boolean canBeRetried() {
        return this == UNAVAILABLE || this == TOO_MANY_REQUESTS;
    }
}
