package dev.dibs.activity;

import java.time.Duration;

/**
 * How long an activity concerns anybody. Pure, so that services agree on it: whoever changes an activity or writes a
 * fact about it stops at {@link #isOver}, and whoever has it in memory keeps it until {@link #isForgotten}. An instance
 * that has forgotten an activity gives no verdicts on it, so the time between must be longer than clocks differ and
 * events are on their way.
 */
public final class Lifespan {
    /** Copies of grabs come from the outbox, and from producers that have waited for a broker. */
    public static final Duration AFTERCARE = Duration.ofMinutes(10);

    public static final Duration MARGIN = Duration.ofHours(1);

    private Lifespan() {}

    /** Whether nobody can grab any more, nor be on the way with a grab. */
    public static boolean isSaleOver(Activity activity, long nowMillis) {
        return nowMillis >= activity.endTime() * 1_000 + AFTERCARE.toMillis();
    }

    /**
     * Whether the sale is over and none of its tickets can be used any more: then the activity cannot be changed, and
     * there is nothing to decide about it. A draft is never over, for it has not begun.
     */
    public static boolean isOver(Activity activity, long nowMillis) {
        return activity.state() != ActivityState.DRAFT && nowMillis >= lastEnd(activity) * 1_000;
    }

    /** Whether the ledger may do without it. */
    public static boolean isForgotten(Activity activity, long nowMillis) {
        return isOver(activity, nowMillis - MARGIN.toMillis());
    }

    private static long lastEnd(Activity activity) {
        return activity.tickets().stream().mapToLong(TicketType::endTime).reduce(activity.endTime(), Math::max);
    }
}
