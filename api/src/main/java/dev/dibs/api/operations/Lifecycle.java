package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.operations.ActivityDocument.WindowChange;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Decides what may become of an activity. Pure. */
final class Lifecycle {
    private Lifecycle() {}

    /**
     * @param current what there is under this id, or null
     * @param wanted a draft of version 1
     */
    static Decision create(Activity current, Activity wanted) {
        if (current == null) {
            return new Decision.Save(wanted);
        }
        if (isConfiguredAlike(current, wanted)) {
            return new Decision.Keep(current);
        }
        return new Decision.Refuse(Problem.of(
                        HttpStatus.CONFLICT,
                        "activity-exists",
                        "There is another activity '%s' already; choose another id, or change its window with PATCH"
                                .formatted(current.activityId()))
                .with("state", current.state().name()));
    }

    /** @param stock how many codes the ledger has for the activity */
    static Decision change(Activity current, Change change, int stock) {
        if (change.isDoneIn(current.state())) {
            return new Decision.Keep(current);
        }
        if (!change.isAllowedIn(current.state())) {
            return new Decision.Refuse(notInThisState(current, change));
        }
        if (change == Change.PUBLISH && stock == 0) {
            return new Decision.Refuse(Problem.of(
                    HttpStatus.CONFLICT,
                    "no-stock",
                    "'%s' has no codes yet; import some before it is published".formatted(current.activityId())));
        }
        return new Decision.Save(current.withState(change.target()));
    }

    static Decision changeWindow(Activity current, WindowChange window) {
        if (!Change.CHANGE_WINDOW.isAllowedIn(current.state())) {
            return new Decision.Refuse(notInThisState(current, Change.CHANGE_WINDOW));
        }
        long start = window.startTime() == null ? current.startTime() : window.startTime();
        long end = window.endTime() == null ? current.endTime() : window.endTime();
        if (start == current.startTime() && end == current.endTime()) {
            return new Decision.Keep(current);
        }
        try {
            return new Decision.Save(with(current, start, end, current.version() + 1, current.logStart()));
        } catch (IllegalArgumentException e) {
            String field = e.getMessage().startsWith("start_time") ? "start_time" : "end_time";
            return new Decision.Refuse(Problem.faulty(List.of(new Fault(field, e.getMessage()))));
        }
    }

    static Problem notInThisState(Activity activity, Change change) {
        ActivityState state = activity.state();
        List<String> allowed = Change.allowedIn(state);
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "wrong-state",
                        "'%s' is %s: %s is not possible, %s is"
                                .formatted(
                                        activity.activityId(),
                                        state,
                                        change.label(),
                                        allowed.isEmpty() ? "nothing" : String.join(", ", allowed)))
                .with("state", state.name())
                .with("allowed", allowed);
    }

    /** What is over is forgotten soon by whoever decides about it, and so cannot be brought back. */
    static Problem over(Activity activity) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "over",
                "'%s' is over: its sale has ended, and so has the time of all its tickets. Create another activity"
                        .formatted(activity.activityId()));
    }

    /** The same activity with another beginning in the log. */
    static Activity startingAt(Activity activity, long logStart) {
        return with(activity, activity.startTime(), activity.endTime(), activity.version(), logStart);
    }

    /** Whether both were set up with the same document, whatever has become of them since. */
    private static boolean isConfiguredAlike(Activity one, Activity other) {
        return one.activityId().equals(other.activityId())
                && one.name().equals(other.name())
                && one.description().equals(other.description())
                && one.image().equals(other.image())
                && one.startTime() == other.startTime()
                && one.endTime() == other.endTime()
                && one.limitPerUser() == other.limitPerUser()
                && one.requiredRole().equals(other.requiredRole())
                && one.tickets().equals(other.tickets())
                // A list is no part of the document.
                && one.entry().withList("").equals(other.entry().withList(""));
    }

    private static Activity with(Activity activity, long start, long end, long version, long logStart) {
        return new Activity(
                activity.activityId(),
                activity.name(),
                activity.description(),
                activity.image(),
                start,
                end,
                activity.limitPerUser(),
                activity.requiredRole(),
                activity.tickets(),
                activity.state(),
                version,
                logStart,
                activity.entry());
    }
}
