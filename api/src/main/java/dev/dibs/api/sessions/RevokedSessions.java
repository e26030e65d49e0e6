package dev.dibs.api.sessions;

import dev.dibs.api.CannotStartException;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Session;
import dev.dibs.api.control.CompactedTable;
import dev.dibs.api.control.TableTopic;
import dev.dibs.codec.SessionEndingCodec;
import dev.dibs.ids.UserId;
import dev.dibs.sessions.SessionEnding;
import dev.dibs.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Sessions that have been ended, in a table that every instance has in memory. An entry lasts as long as a token that it
 * is about could: asking costs two look-ups, and none as long as nothing has been ended.
 */
public final class RevokedSessions implements Revocations, SessionEndings, SmartLifecycle {
    static final TableTopic<SessionEnding> TOPIC = new TableTopic<>(
            Topics.SESSION_ENDINGS,
            "SessionEnded",
            "SessionEndingForgotten",
            SessionEndingCodec::encode,
            SessionEndingCodec::decode,
            SessionEnding::expiresAt);

    /** About 200 bytes each. */
    private static final int MAX_ENTRIES = 500_000;

    /** Beside the life of the longest token, for clocks that differ. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final CompactedTable<SessionEnding> table;
    private final Duration longest;
    private final Clock clock;

    /**
     * @param kafka bootstrap servers, and whatever else the connections need
     * @param maxLifetime of tokens; zero where it is not limited, and an ending is remembered for 30 days
     */
    RevokedSessions(Map<String, Object> kafka, String instance, Duration maxLifetime, Clock clock) {
        this.table = new CompactedTable<>(kafka, TOPIC, "session-endings", instance, MAX_ENTRIES, clock);
        this.longest = maxLifetime.isZero() ? KeyRing.MAX_LIFETIME : maxLifetime;
        this.clock = clock;
    }

    @Override
    public boolean contain(Session session) {
        // Most of the time nobody has been logged out for as long as a token lives, or few have.
        if (table.size() == 0) {
            return false;
        }
        SessionEnding ofUser = table.find(session.principal().userId().value());
        // A token that does not say when it was issued counts as issued in 1970.
        return ofUser != null && session.issuedAt() <= ofUser.issuedUntil() || table.find(session.key()) != null;
    }

    /** How many endings are remembered. */
    int size() {
        return table.size();
    }

    @Override
    public long endedUntil(UserId userId) {
        SessionEnding ofUser = table.find(userId.value());
        return ofUser == null ? 0 : ofUser.issuedUntil();
    }

    @Override
    public Mono<Void> end(String session, long until) {
        long last = Math.min(until, clock.millis() + longest.plus(MARGIN).toMillis());
        return table.put(session, new SessionEnding(last, last));
    }

    @Override
    public Mono<Void> endAll(UserId userId, long issuedUntil) {
        long last = issuedUntil + longest.plus(MARGIN).toMillis();
        return table.put(userId.value(), new SessionEnding(issuedUntil, last));
    }

    /** An instance that does not know yet whom to refuse must not let anybody in. */
    @Override
    public void start() {
        table.start();
        try {
            if (!table.awaitCaughtUp(CompactedTable.READ_WITHIN)) {
                throw new CannotStartException("Which sessions are over could not be read from Kafka", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the sessions that are over were read", e);
        }
    }

    @Override
    public void stop() {
        table.close();
    }

    @Override
    public boolean isRunning() {
        return table.isRunning();
    }

    /** Before the web server starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return table.getPhase();
    }
}
