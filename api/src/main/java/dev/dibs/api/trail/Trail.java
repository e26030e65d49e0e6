package dev.dibs.api.trail;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Role;
import dev.dibs.ids.UserId;
import dev.dibs.trail.TrailEntry;
import dev.dibs.trail.TrailEntry.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Tells the trail what is done. Nothing is done before the trail has it, and where the trail cannot be written nothing
 * is done. How it ended is told afterwards, without anybody waiting: it has happened, whether the trail says so or not.
 */
public final class Trail {
    private static final Logger log = LoggerFactory.getLogger(Trail.class);
    private static final int MAX_TEXT = 200;
    private static final String LOGIN = "POST /user/login";
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    private static final int UNAVAILABLE = 503;

    private final Function<TrailEntry, CompletableFuture<Void>> writer;
    private final String instance;
    private final Clock clock;
    private final Duration atMost;
    private final RefusalBudget refusals;
    private final OccasionalWarning lost = new OccasionalWarning(log);

    /**
     * @param writer appends an entry
     * @param instance names this process
     * @param atMost how long a call waits for the trail
     */
    public Trail(
            Function<TrailEntry, CompletableFuture<Void>> writer,
            String instance,
            Clock clock,
            Duration atMost,
            RefusalBudget refusals) {
        this.writer = writer;
        this.instance = instance.substring(0, Math.min(instance.length(), MAX_TEXT));
        this.clock = clock;
        this.atMost = atMost;
        this.refusals = refusals;
    }

    /**
     * A call, as far as it is known before it is done.
     *
     * @param principal null where nobody knows who it is
     */
    public record Call(UUID id, Principal principal, String action, String activityId, String target) {
        static Call of(Principal principal, String action, String activityId, String target) {
            return new Call(UUID.randomUUID(), principal, cut(action), activityId, cut(target));
        }
    }

    /** Completes once the trail has the call; with an error where that is not known in time. */
    Mono<Void> begin(Call call) {
        return Mono.fromFuture(() -> writer.apply(entry(call, Stage.BEGUN, 0, "", 0)), true)
                .timeout(atMost);
    }

    /** Tells how a call ended that was told to begin. */
    void end(Call call, int status, String outcome) {
        append(entry(call, Stage.ENDED, status, outcome, 0));
    }

    /**
     * Tells of a call that was refused before anything was done. Anybody can make such calls, and as many as they like:
     * beyond a rate they are counted only, and the next one that is told carries the count.
     */
    void refused(Call call, int status, String outcome) {
        int suppressed = refusals.take();
        if (suppressed >= 0) {
            append(entry(call, Stage.ENDED, status, outcome, suppressed));
        }
    }

    /** Completes once the trail knows that somebody with a role has logged in; with an error where it does not. */
    public Mono<Void> loggedIn(String account) {
        Call call = Call.of(Principal.of(new UserId(account), Role.ALL), LOGIN, "", account);
        return Mono.fromFuture(() -> writer.apply(entry(call, Stage.ENDED, OK, "done", 0)), true)
                .timeout(atMost);
    }

    /** @param wrong whether what was sent was wrong; else the login could not be decided */
    public void loginRefused(String account, boolean wrong) {
        Call call = Call.of(null, LOGIN, "", account);
        refused(call, wrong ? UNAUTHENTICATED : UNAVAILABLE, wrong ? "unauthenticated" : "refused");
    }

    private void append(TrailEntry entry) {
        writer.apply(entry).exceptionally(error -> {
            lost.occurred("How a call ended is missing in the trail; call=" + entry.callId(), error);
            return null;
        });
    }

    private TrailEntry entry(Call call, Stage stage, int status, String outcome, int suppressed) {
        Principal principal = call.principal;
        return new TrailEntry(
                UUID.randomUUID(),
                call.id,
                stage,
                clock.millis(),
                principal == null ? "" : principal.userId().value(),
                principal == null ? "" : roles(principal),
                instance,
                call.action,
                call.activityId,
                call.target,
                status,
                cut(outcome),
                suppressed);
    }

    /** Those that Dibs knows: what others mean is nobody's business here, and there may be many of them. */
    private static String roles(Principal principal) {
        return Role.ALL.stream().filter(principal::has).sorted().collect(Collectors.joining(" "));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
