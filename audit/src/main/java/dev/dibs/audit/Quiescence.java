package dev.dibs.audit;

import java.time.Duration;
import java.util.List;

/**
 * Waits until what is derived from the log has caught up with it. An audit of a running system begins here; otherwise
 * it would report as missing what is merely on its way. That it stays so is for {@link LiveAudit} to see.
 */
public final class Quiescence {
    private Quiescence() {}

    /**
     * Waits until every outbox in Redis is empty, the projector's positions have reached the end of the log, and the
     * statistics have folded the last record of every activity. The end of the log moves while somebody writes: it is
     * the end at the time of looking that counts.
     *
     * @param timeout how long to wait at most; zero looks once
     * @return what still lags, one sentence each; empty if nothing does
     * @throws AuditSourceException if something cannot be read; the message names it
     */
    public static List<String> await(AuditSources sources, Duration timeout) {
        try (LagWatch watch = new LagWatch(sources)) {
            return await(watch, timeout);
        }
    }

    static List<String> await(LagWatch watch, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<String> lagging = watch.look();
            if (lagging.isEmpty() || System.nanoTime() - deadline >= 0) {
                return lagging;
            }
        }
    }
}
