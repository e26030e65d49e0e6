package dev.dibs.api.trail;

import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.trail.TrailEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which entries somebody wants to see.
 *
 * @param actor null for anybody
 * @param activityId null for any activity, and none
 * @param from epoch milliseconds, inclusive
 * @param to epoch milliseconds, exclusive
 */
record TrailQuery(UserId actor, ActivityId activityId, long from, long to) {
    /** Milliseconds of it still fit. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000;

    boolean matches(TrailEntry entry) {
        return (actor == null || entry.actor().equals(actor.value()))
                && (activityId == null || entry.activityId().equals(activityId.value()))
                && entry.occurredAt() >= from
                && entry.occurredAt() < to;
    }

    /** @throws ProblemException with every fault */
    static TrailQuery of(ServerRequest request) {
        List<Fault> faults = new ArrayList<>();
        UserId actor = parsed(request, "actor", UserId::new, null, faults);
        ActivityId activity = parsed(request, "activity", ActivityId::new, null, faults);
        Long from = parsed(request, "from", TrailQuery::seconds, 0L, faults);
        Long to = parsed(request, "to", TrailQuery::seconds, MAX_SECONDS, faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.faulty(faults));
        }
        return new TrailQuery(actor, activity, from * 1_000, to * 1_000);
    }

    static <T> T parsed(ServerRequest request, String name, Function<String, T> of, T absent, List<Fault> faults) {
        String text = request.queryParam(name).orElse("");
        if (text.isEmpty()) {
            return absent;
        }
        try {
            return of.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(name, e instanceof NumberFormatException ? "must be a whole number" : e.getMessage()));
            return null;
        }
    }

    private static Long seconds(String text) {
        long seconds = Long.parseLong(text);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("must be epoch seconds");
        }
        return seconds;
    }
}
