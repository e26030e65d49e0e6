package dev.dibs.chaos.history;

import java.util.List;

/**
 * One request and what came of it. Of operators' calls {@code ret} is the HTTP status.
 *
 * @param at when it was sent, epoch milliseconds
 * @param took until the answer, or until the client gave up, in milliseconds
 * @param api which of the API instances was asked
 * @param activity empty where the request names none
 * @param user empty for operators
 * @param request the requestId, or empty where the client gave none
 * @param ret as answered, or {@link #NO_ANSWER}
 * @param told the tickets in the answer; an empty code where the answer has none
 * @param expected a ticket that the client had been told of before, and must see; empty where there is none
 * @param note what else is worth keeping: why there was no answer, what was imported
 */
public record Exchange(
        long at,
        long took,
        int api,
        Operation operation,
        String activity,
        String user,
        String request,
        int ret,
        List<Told> told,
        String expected,
        String note) {
    /** The connection broke, or the client had waited long enough: anything may have happened. */
    public static final int NO_ANSWER = -1_000;

    /** Begins the note of a look at a ticket that was made when everything was healed: now there is no excuse. */
    public static final String ONCE_HEALED = "once healed";

    public static final int SUCCESS = 0;
    public static final int PENDING = 1;
    public static final int SOLD_OUT = -2;
    public static final int UNAVAILABLE = -3;
    public static final int ALREADY_TAKEN = -5;
    public static final int TOO_MANY_REQUESTS = -8;
    public static final int NOT_FOUND = -10;
    public static final int PAUSED = -11;

    public Exchange {
        if (operation == null
                || activity == null
                || user == null
                || request == null
                || told == null
                || expected == null
                || note == null) {
            throw new IllegalArgumentException("no part of an exchange may be null");
        }
        told = List.copyOf(told);
    }

    /** Whether a buyer was told that the ticket is his. */
    public boolean confirms() {
        return operation == Operation.GRAB && ret == SUCCESS;
    }

    /** Whether it says nothing of what became of the request: that may have been carried out or not. */
    public boolean isError() {
        return ret == NO_ANSWER || ret == UNAVAILABLE;
    }

    /** Whether a buyer need not ask again: of a grab that is pending he is told without repeating it. */
    public boolean isDecided() {
        return switch (ret) {
            case NO_ANSWER, UNAVAILABLE, TOO_MANY_REQUESTS, PAUSED, NOT_FOUND -> false;
            default -> true;
        };
    }

    /** The same but for the tickets in the answer. */
    public Exchange withTold(Told... tickets) {
        return new Exchange(at, took, api, operation, activity, user, request, ret, List.of(tickets), expected, note);
    }

    /** When the client had its answer, epoch milliseconds. */
    public long answeredAt() {
        return at + took;
    }
}
