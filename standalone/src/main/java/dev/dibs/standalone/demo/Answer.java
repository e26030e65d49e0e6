package dev.dibs.standalone.demo;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What a buyer was answered.
 *
 * @param ret as the API defines it
 * @param retryAfter when to try again; zero where nothing is said of it
 */
record Answer(int ret, String message, JsonNode data, Duration retryAfter) {
    static final int GRANTED = 0;
    static final int PENDING = 1;
    static final int SOLD_OUT = -2;
    static final int UNAVAILABLE = -3;
    static final int NOT_STARTED = -4;
    static final int ALREADY_TAKEN = -5;
    static final int TOO_MANY_REQUESTS = -8;

    boolean isGranted() {
        return ret == GRANTED;
    }

    boolean isPending() {
        return ret == PENDING;
    }

    /** Nothing is said yet of what came of a grab: it is under way, or nobody could look. */
    boolean isUndecided() {
        return ret == PENDING || ret == UNAVAILABLE || ret == TOO_MANY_REQUESTS;
    }

    /** The ticket in the answer, empty where there is none. */
    String ticketId() {
        return data.path("id").asString("");
    }

    String code() {
        return data.path("code").asString("");
    }

    /** What people call it. */
    static String named(int ret) {
        return switch (ret) {
            case GRANTED -> "granted";
            case PENDING -> "pending";
            case -1 -> "ended";
            case SOLD_OUT -> "sold out";
            case UNAVAILABLE -> "try again later";
            case NOT_STARTED -> "not started";
            case ALREADY_TAKEN -> "already taken part";
            case -6 -> "not eligible";
            case -7 -> "not logged in";
            case TOO_MANY_REQUESTS -> "too many requests";
            case -9 -> "bad parameter";
            case -10 -> "not found";
            case -11 -> "paused";
            default -> "ret " + ret;
        };
    }
}
