package dev.dibs.api.operations;

import dev.dibs.activity.ActivityState;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an operator can do to an activity, in which of its states, and what becomes of it. */
enum Change {
    /** What of it may change in which state is told by {@link Lifecycle#edit}. */
    CHANGE(null, ActivityState.values()),
    EXTEND(null, ActivityState.PUBLISHED, ActivityState.PAUSED),
    ADD_CODES(null, ActivityState.DRAFT, ActivityState.PUBLISHED, ActivityState.PAUSED),
    PUBLISH(ActivityState.PUBLISHED, ActivityState.DRAFT),
    PAUSE(ActivityState.PAUSED, ActivityState.PUBLISHED),
    RESUME(ActivityState.PUBLISHED, ActivityState.PAUSED),
    /** A draft is not ended: nothing of it has begun. */
    END(ActivityState.ENDED, ActivityState.PUBLISHED, ActivityState.PAUSED);

    private final ActivityState target;
    private final Set<ActivityState> from;

    Change(ActivityState target, ActivityState... from) {
        this.target = target;
        this.from = EnumSet.copyOf(List.of(from));
    }

    boolean isAllowedIn(ActivityState state) {
        return from.contains(state);
    }

    /** Whether it has happened already: doing it once more changes nothing, and makes up for what got stuck. */
    boolean isDoneIn(ActivityState state) {
        return state == target;
    }

    /** The state it leads to, or null where it leads to none. */
    ActivityState target() {
        return target;
    }

    /** As operators write it, such as {@code add-codes}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> allowedIn(ActivityState state) {
        return EnumSet.allOf(Change.class).stream()
                .filter(change -> change.isAllowedIn(state))
                .map(Change::label)
                .toList();
    }
}
