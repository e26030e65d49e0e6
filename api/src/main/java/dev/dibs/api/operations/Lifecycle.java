package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.TicketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        // Ending it has moved its window.
        Activity since = current.state() == ActivityState.ENDED
                ? with(wanted, current.startTime(), current.endTime(), wanted.version(), wanted.logStart())
                : wanted;
        if (isConfiguredAlike(current, since)) {
            return new Decision.Keep(current);
        }
        return new Decision.Refuse(Problem.of(
                        HttpStatus.CONFLICT,
                        "activity-exists",
                        "There is another activity '%s' already; choose another id, or change it with PATCH"
                                .formatted(current.activityId()))
                .with("state", current.state().name()));
    }

    /**
     * @param stock how many codes the ledger has for the activity
     * @param nowMillis epoch milliseconds
     */
    static Decision change(Activity current, Change change, int stock, long nowMillis) {
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
        Activity changed = current.withState(change.target());
        return new Decision.Save(change == Change.END ? closed(changed, nowMillis) : changed);
    }

    /**
     * Ends the window with the present second: everybody tells by the window when nothing of a sale is on its way any
     * more, and would keep the codes of this one in Redis until the end that was planned. A window that has not opened is
     * moved here, for it must end behind its start.
     */
    private static Activity closed(Activity ended, long nowMillis) {
        long end = Math.min(ended.endTime(), nowMillis / 1_000 + 1);
        return with(ended, Math.min(ended.startTime(), end - 1), end, ended.version(), ended.logStart());
    }

    /**
     * Makes the activity what is wanted, as far as its state allows: texts and the validity of tickets always; window,
     * limit and role until its end; its start until it has come.
     *
     * @param wanted its configuration; state, version and place in the log are those of {@code current}
     */
    static Decision edit(Activity current, Activity wanted, long nowMillis) {
        if (isConfiguredAlike(current, wanted)) {
            return new Decision.Keep(current);
        }
        List<Fault> faults = fixed(current, wanted, nowMillis);
        if (!faults.isEmpty()) {
            return new Decision.Refuse(Problem.of(
                            HttpStatus.CONFLICT,
                            "not-changeable",
                            "'%s' is %s, and so this cannot be changed: %s"
                                    .formatted(
                                            current.activityId(),
                                            current.state(),
                                            faults.stream().map(Fault::toString).collect(Collectors.joining("; "))))
                    .with("state", current.state().name())
                    .with("errors", faults));
        }
        return new Decision.Save(next(current, wanted));
    }

    /** What is to be changed though it may not. */
    private static List<Fault> fixed(Activity current, Activity wanted, long nowMillis) {
        List<Fault> faults = new ArrayList<>();
        boolean isDraft = current.state() == ActivityState.DRAFT;
        boolean isEnded = current.state() == ActivityState.ENDED;
        if (!wanted.activityId().equals(current.activityId())) {
            faults.add(new Fault("id", "names another activity"));
        }
        boolean hasBegun = !isDraft && nowMillis >= current.startTime() * 1_000;
        if (wanted.startTime() != current.startTime() && (isEnded || hasBegun)) {
            faults.add(new Fault("start_time", "the sale has begun"));
        }
        if (wanted.endTime() != current.endTime() && isEnded) {
            faults.add(new Fault("end_time", "the sale has ended"));
        } else if (wanted.endTime() != current.endTime() && !isDraft && nowMillis >= wanted.endTime() * 1_000) {
            faults.add(new Fault("end_time", "has passed already; end the sale instead"));
        }
        if (wanted.limitPerUser() != current.limitPerUser() && isEnded) {
            faults.add(new Fault("limit_per_user", "the sale has ended"));
        }
        if (!wanted.requiredRole().equals(current.requiredRole()) && isEnded) {
            faults.add(new Fault("required_role", "the sale has ended"));
        }
        if (!wanted.entry().requiredClaim().equals(current.entry().requiredClaim()) && isEnded) {
            faults.add(new Fault("required_claim", "the sale has ended"));
        }
        if (!wanted.entry().gate().equals(current.entry().gate()) && isEnded) {
            faults.add(new Fault("gate", "the sale has ended"));
        }
        // Codes of a kind may be on their way from an import, and nobody knows of which.
        Set<TicketKind> kinds = wanted.tickets().stream().map(TicketType::kind).collect(Collectors.toSet());
        for (TicketType ticket : current.tickets()) {
            if (!kinds.contains(ticket.kind())) {
                faults.add(new Fault("tickets", "kind '" + ticket.kind() + "' is missing; kinds are only ever added"));
            }
        }
        return faults;
    }

    /** @param nowMillis epoch milliseconds */
    static Decision extend(Activity current, Extension extension, long nowMillis) {
        if (!Change.EXTEND.isAllowedIn(current.state())) {
            return new Decision.Refuse(notInThisState(current, Change.EXTEND));
        }
        String field = extension.isRelative() ? "seconds" : "end_time";
        long end = extension.endAfter(current.endTime());
        if (end == current.endTime()) {
            return new Decision.Keep(current);
        }
        if (end < current.endTime() || nowMillis >= end * 1_000) {
            return new Decision.Refuse(Problem.faulty(List.of(new Fault(
                    field, "must lead to an end that is later than now, and than the present " + current.endTime()))));
        }
        try {
            return new Decision.Save(
                    with(current, current.startTime(), end, current.version() + 1, current.logStart()));
        } catch (IllegalArgumentException e) {
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

    /** The next version of an activity, configured as another one. */
    private static Activity next(Activity current, Activity wanted) {
        return new Activity(
                current.activityId(),
                wanted.name(),
                wanted.description(),
                wanted.image(),
                wanted.startTime(),
                wanted.endTime(),
                wanted.limitPerUser(),
                wanted.requiredRole(),
                wanted.tickets(),
                current.state(),
                current.version() + 1,
                current.logStart(),
                wanted.entry().withList(current.entry().eligibilityList()));
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
