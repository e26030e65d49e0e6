package dev.dibs.api.eligibility;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.CatalogueConflictException;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.operations.IfMatch;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.ids.ActivityId;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Changes lists: first the whole new list is written, then the activity is made to name it. Whoever dies in between has
 * changed nothing, and repeating it finishes it.
 */
final class EligibilityOperations {
    private static final Logger log = LoggerFactory.getLogger(EligibilityOperations.class);
    /** Two operators at once are already rare. */
    private static final int MAX_ATTEMPTS = 5;

    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final ListStore store;
    private final EligibilityLists lists;
    private final Clock clock;

    EligibilityOperations(
            Catalogue catalogue, CatalogueWriter writer, ListStore store, EligibilityLists lists, Clock clock) {
        this.catalogue = catalogue;
        this.writer = writer;
        this.store = store;
        this.lists = lists;
        this.clock = clock;
    }

    /**
     * What an activity has now.
     *
     * @param accounts null where everyone may take part
     * @param changed whether it was something else before
     */
    record InForce(Activity activity, AccountSet accounts, boolean changed) {}

    /**
     * A change of a list.
     *
     * @param precondition without one it is made of whatever others have made of the activity meanwhile
     * @param change from the list that there is, where it needs that; else from an empty one
     */
    private record Wish(
            ActivityId activityId, IfMatch precondition, UnaryOperator<AccountSet> change, boolean needsOld) {}

    /** Makes this the list. */
    Mono<InForce> replace(ActivityId activityId, AccountSet accounts, IfMatch precondition) {
        return attempt(new Wish(activityId, precondition, old -> accounts, false), MAX_ATTEMPTS);
    }

    /** Makes the list another one; where there is none, of an empty one. */
    Mono<InForce> change(ActivityId activityId, UnaryOperator<AccountSet> change, IfMatch precondition) {
        return attempt(new Wish(activityId, precondition, change, true), MAX_ATTEMPTS);
    }

    /** Lets everyone take part. */
    Mono<InForce> clear(ActivityId activityId, IfMatch precondition) {
        return clear(activityId, precondition, MAX_ATTEMPTS);
    }

    /** The list in force, from memory or from the store; an empty one where everyone may take part. */
    Mono<AccountSet> current(Activity activity) {
        if (!activity.entry().hasList()) {
            return Mono.just(AccountSet.empty());
        }
        AccountSet known = lists.inForce(activity);
        return known != null
                ? Mono.just(known)
                : store.read(activity.activityId(), activity.entry().eligibilityList())
                        .onErrorMap(
                                LostListException.class,
                                e -> new ProblemException(
                                        Problem.of(HttpStatus.CONFLICT, "list-incomplete", e.getMessage())));
    }

    private Mono<InForce> attempt(Wish wish, int attempts) {
        return Mono.defer(() -> {
            Activity activity = allowed(wish.activityId, wish.precondition);
            Mono<AccountSet> old = wish.needsOld ? current(activity) : Mono.just(AccountSet.empty());
            return old.publishOn(Schedulers.boundedElastic())
                    .map(wish.change)
                    .flatMap(accounts -> make(activity, accounts)
                            .onErrorResume(
                                    CatalogueConflictException.class,
                                    conflict -> again(
                                            attempts, wish.precondition, conflict, () -> attempt(wish, attempts - 1))));
        });
    }

    private Mono<InForce> make(Activity activity, AccountSet accounts) {
        ActivityId id = activity.activityId();
        if (accounts.size() > AccountSet.MAX_ACCOUNTS || !lists.hasRoom(id, accounts.size())) {
            return Mono.error(new ProblemException(tooMany(accounts.size())));
        }
        String hash = accounts.hash();
        String old = activity.entry().eligibilityList();
        if (activity.entry().hasList() && ListName.hash(old).equals(hash)) {
            // Written all the same: this mends a list that the database has lost a part of.
            return writer.confirm(activity)
                    .then(Mono.defer(() -> store.write(id, old, accounts)))
                    .then(Mono.fromCallable(() -> {
                        lists.put(id, old, accounts);
                        return new InForce(activity, accounts, false);
                    }));
        }
        String list = ListName.of(activity.version() + 1, hash);
        return store.write(id, list, accounts)
                .then(Mono.defer(
                        () -> writer.save(activity.withEntry(activity.entry().withList(list)))))
                .onErrorResume(
                        CatalogueConflictException.class,
                        conflict -> discard(conflict.current(), list).then(Mono.error(conflict)))
                .flatMap(saved -> {
                    lists.put(id, list, accounts);
                    return discard(saved, old).thenReturn(new InForce(saved, accounts, true));
                });
    }

    private Mono<InForce> clear(ActivityId activityId, IfMatch precondition, int attempts) {
        return Mono.defer(() -> {
            Activity activity = allowed(activityId, precondition);
            Mono<InForce> cleared = activity.entry().hasList()
                    ? writer.save(activity.withEntry(activity.entry().withList("")))
                            .flatMap(saved -> discard(saved, activity.entry().eligibilityList())
                                    .thenReturn(new InForce(saved, null, true)))
                    // Another instance may have a list that has not been heard of here yet.
                    : writer.confirm(activity).map(same -> new InForce(same, null, false));
            return cleared.onErrorResume(
                    CatalogueConflictException.class,
                    conflict -> again(
                            attempts, precondition, conflict, () -> clear(activityId, precondition, attempts - 1)));
        });
    }

    /** Deletes a list that the activity does not name. What stays behind for a failure only takes up room. */
    private Mono<Void> discard(Activity activity, String list) {
        if (list.isEmpty() || activity.entry().eligibilityList().equals(list)) {
            return Mono.empty();
        }
        return store.delete(activity.activityId(), list).onErrorResume(error -> {
            log.warn(
                    "A list that is not in force stays in the database; activityId={} list={} error={}",
                    activity.activityId(),
                    list,
                    error.toString());
            return Mono.empty();
        });
    }

    /** Made again from what there is now, unless it was meant for what there was. */
    private static Mono<InForce> again(
            int attempts, IfMatch precondition, CatalogueConflictException conflict, Supplier<Mono<InForce>> next) {
        if (!precondition.holds(conflict.current())) {
            return Mono.error(new ProblemException(IfMatch.failed(conflict.current())));
        }
        return attempts > 1
                ? next.get()
                : Mono.error(new ProblemException(Problem.of(
                        HttpStatus.CONFLICT, "changed-meanwhile", "Others keep changing this activity; try again")));
    }

    private Activity allowed(ActivityId activityId, IfMatch precondition) {
        Activity activity = catalogue.find(activityId);
        if (activity == null) {
            throw new ProblemException(Problem.noSuchActivity(activityId.value()));
        }
        if (activity.state() == ActivityState.ENDED || Lifespan.isOver(activity, clock.millis())) {
            throw new ProblemException(Problem.of(
                            HttpStatus.CONFLICT,
                            "wrong-state",
                            "'%s' has ended: who may take part cannot be changed any more".formatted(activityId))
                    .with("state", activity.state().name()));
        }
        if (!precondition.holds(activity)) {
            throw new ProblemException(IfMatch.failed(activity));
        }
        return activity;
    }

    private Problem tooMany(int accounts) {
        return accounts > AccountSet.MAX_ACCOUNTS
                ? Problem.tooLarge("A list", AccountSet.MAX_ACCOUNTS, "accounts")
                : Problem.of(
                        HttpStatus.CONFLICT,
                        "lists-too-large",
                        "All lists together may have %d accounts (dibs.eligibility.max-accounts); clear the lists of other activities or end them"
                                .formatted(lists.maxAccounts()));
    }
}
