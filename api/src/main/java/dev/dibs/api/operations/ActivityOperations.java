package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.CatalogueConflictException;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Sets up activities and leads them through their states: first the catalogue, then Redis. */
final class ActivityOperations {
    /** Two operators at once are already rare. */
    private static final int MAX_ATTEMPTS = 5;

    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final LedgerView ledger;
    private final Reconciliation reconciliation;
    private final Clock clock;

    ActivityOperations(
            Catalogue catalogue,
            CatalogueWriter writer,
            LedgerView ledger,
            Reconciliation reconciliation,
            Clock clock) {
        this.catalogue = catalogue;
        this.writer = writer;
        this.ledger = ledger;
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    /**
     * Creates the activity; doing it again changes nothing.
     *
     * @param wanted a draft of version 1; its place in the log is set here
     */
    Mono<Outcome<Activity>> create(Activity wanted) {
        return Mono.defer(() -> {
            // Of a new activity nothing can be in the log yet, and what will be lies behind its end. How far this
            // instance has folded is never beyond the end: where it lags, folding merely begins earlier than it must.
            long logStart = ledger.positions().getOrDefault(ledger.partitionOf(wanted.activityId()), 0L);
            Activity draft = Lifecycle.startingAt(wanted, logStart);
            return decide(
                    catalogue.find(draft.activityId()),
                    current -> Lifecycle.create(current, draft),
                    MAX_ATTEMPTS,
                    Outcome.Created::new);
        });
    }

    /** Changes what the activity is configured to be, and returns when Redis has followed. */
    Mono<Outcome<Activity>> edit(ActivityId activityId, ActivityChange change, IfMatch precondition) {
        return change(activityId, "The change is stored", precondition, current -> {
            Reading<Activity> wanted = change.appliedTo(current);
            return wanted instanceof Reading.Sound<Activity> sound
                    ? Lifecycle.edit(current, sound.value(), clock.millis())
                    : new Decision.Refuse(Problem.faulty(((Reading.Faulty<Activity>) wanted).faults()));
        });
    }

    /**
     * Moves the end of the sale. Seconds are counted from the end that there is, so whoever repeats such a call because
     * its answer was lost would move it twice: they are taken only together with the version that they are meant for.
     */
    Mono<Outcome<Activity>> extend(ActivityId activityId, Extension extension, IfMatch precondition) {
        if (extension.isRelative() && !precondition.isGiven()) {
            return Mono.just(new Outcome.Refused<>(Problem.of(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "version-required",
                    "An extension by seconds needs If-Match with the activity's version, so that it is not made twice; "
                            + "or give end_time")));
        }
        return change(
                activityId,
                "The new end is stored",
                precondition,
                current -> Lifecycle.extend(current, extension, clock.millis()));
    }

    /** Publishes, pauses, resumes or ends the activity, and returns when Redis has followed. */
    Mono<Outcome<Activity>> change(ActivityId activityId, Change change, IfMatch precondition) {
        // Without the whole log it is not known whether there are codes.
        if (change == Change.PUBLISH && !ledger.isCaughtUp()) {
            return Mono.just(new Outcome.Refused<>(stillReading()));
        }
        String what = "'" + change.label() + "' is stored";
        return change(
                activityId,
                what,
                precondition,
                current -> Lifecycle.change(current, change, stock(activityId), clock.millis()));
    }

    static Problem stillReading() {
        return Problem.unavailable("still-reading", "This instance is still reading the log; try again in a moment");
    }

    private Mono<Outcome<Activity>> change(
            ActivityId activityId, String what, IfMatch precondition, Function<Activity, Decision> decision) {
        return Mono.defer(() -> {
            Activity found = catalogue.find(activityId);
            if (found == null) {
                return Mono.just(new Outcome.Refused<>(Problem.noSuchActivity(activityId.value())));
            }
            if (Lifespan.isOver(found, clock.millis())) {
                return Mono.just(new Outcome.Refused<>(Lifecycle.over(found)));
            }
            // Asked again with each attempt: what another operator has changed meanwhile is not overwritten.
            Function<Activity, Decision> unlessChanged = current -> precondition.holds(current)
                    ? decision.apply(current)
                    : new Decision.Refuse(IfMatch.failed(current));
            return decide(found, unlessChanged, MAX_ATTEMPTS, Outcome.Done::new)
                    .flatMap(outcome -> outcome instanceof Outcome.Done<Activity> done
                            ? follow(done.value(), what)
                            : Mono.just(outcome));
        });
    }

    private Mono<Outcome<Activity>> decide(
            Activity current,
            Function<Activity, Decision> decision,
            int attempts,
            Function<Activity, Outcome<Activity>> saved) {
        Decision decided = decision.apply(current);
        return carriedOut(decided, current, saved)
                .onErrorResume(
                        CatalogueConflictException.class,
                        conflict -> attempts > 1
                                ? decide(conflict.current(), decision, attempts - 1, saved)
                                : Mono.just(new Outcome.Refused<>(Problem.of(
                                        HttpStatus.CONFLICT,
                                        "changed-meanwhile",
                                        "Others keep changing this activity; try again"))));
    }

    /**
     * What changes nothing is confirmed first: this instance may not have read yet what another one has answered. Else
     * whoever resumes a sale there that was paused here would be told that it is not paused, and it would stay so.
     */
    private Mono<Outcome<Activity>> carriedOut(
            Decision decided, Activity current, Function<Activity, Outcome<Activity>> saved) {
        if (decided instanceof Decision.Save save) {
            return writer.save(save.activity()).map(saved);
        }
        Outcome<Activity> outcome = decided instanceof Decision.Refuse refuse
                ? new Outcome.Refused<>(refuse.problem())
                : new Outcome.Done<>(current);
        return writer.confirm(current).thenReturn(outcome);
    }

    /** Also where nothing was to be changed: then this makes up for a time when Redis was away. */
    private Mono<Outcome<Activity>> follow(Activity activity, String what) {
        if (activity.state() == ActivityState.DRAFT) {
            return Mono.just(new Outcome.Done<>(activity));
        }
        return reconciliation
                .follow(activity.activityId(), what)
                .map(problem -> problem.<Outcome<Activity>>map(Outcome.Refused::new)
                        .orElseGet(() -> new Outcome.Done<>(activity)));
    }

    private int stock(ActivityId activityId) {
        MemoryActivityAccount account = ledger.account(activityId);
        return account == null ? 0 : account.stock();
    }
}
