package dev.dibs.api.sessions;

import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Session;
import dev.dibs.ids.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Endings in memory, until it is told to fail. */
public final class MemorySessions implements Revocations, SessionEndings {
    private final Map<String, Long> endings = new ConcurrentHashMap<>();
    private volatile boolean failing;

    public void fail(boolean now) {
        failing = now;
    }

    /** How many endings are remembered. */
    public int size() {
        return endings.size();
    }

    @Override
    public boolean contain(Session session) {
        return session.issuedAt() <= endedUntil(session.principal().userId()) || endings.containsKey(session.key());
    }

    @Override
    public long endedUntil(UserId userId) {
        return endings.getOrDefault(userId.value(), 0L);
    }

    @Override
    public Mono<Void> end(String session, long until) {
        return put(session, until);
    }

    @Override
    public Mono<Void> endAll(UserId userId, long issuedUntil) {
        return put(userId.value(), issuedUntil);
    }

    private Mono<Void> put(String key, long time) {
        return Mono.fromRunnable(() -> {
            if (failing) {
                throw new IllegalStateException("away");
            }
            endings.put(key, time);
        });
    }
}
