package dev.dibs.api.eligibility;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.admission.Eligibility;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The lists in force, in memory. One thread brings in what the catalogue says is in force, one list at a time, and lets go
 * of what is not any more. While a list is on its way nothing is known of anybody: a grab is then neither granted nor
 * refused. Once it is there no server is needed for it.
 */
public final class EligibilityLists implements Eligibility, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EligibilityLists.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration READ_AT_MOST = Duration.ofSeconds(60);
    /** After a restart nobody should meet an instance without its lists; but one without MongoDB must start as well. */
    private static final Duration START_AT_MOST = Duration.ofSeconds(10);

    private record Loaded(String list, AccountSet accounts) {}

    private final OccasionalWarning missing = new OccasionalWarning(log);
    private final Map<ActivityId, Loaded> loaded = new ConcurrentHashMap<>();
    private final Catalogue catalogue;
    private final ListStore store;
    private final Clock clock;
    private final long maxAccounts;
    private final int startPhase;
    private final AtomicBoolean sweepIsDue = new AtomicBoolean();
    private final CountDownLatch firstSweep = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread loader = new Thread(task, "eligibility");
        loader.setDaemon(true);
        return loader;
    });
    private volatile boolean running;

    /**
     * @param maxAccounts of all lists together; 16 bytes each
     * @param startPhase when to start among what has a life: the catalogue must have caught up
     */
    EligibilityLists(Catalogue catalogue, ListStore store, Clock clock, long maxAccounts, int startPhase) {
        this.catalogue = catalogue;
        this.store = store;
        this.clock = clock;
        this.maxAccounts = maxAccounts;
        this.startPhase = startPhase;
    }

    @Override
    public Answer ask(Activity activity, Fingerprint user) {
        AccountSet accounts = inForce(activity);
        if (accounts == null) {
            return Answer.UNKNOWN;
        }
        return accounts.contains(user) ? Answer.LISTED : Answer.NOT_LISTED;
    }

    /** The activity's list, or null where it is not in memory. */
    AccountSet inForce(Activity activity) {
        Loaded known = loaded.get(activity.activityId());
        return known != null && known.list.equals(activity.entry().eligibilityList()) ? known.accounts : null;
    }

    /** Takes a list that is in force now, for whoever has it in the hand already. */
    void put(ActivityId activityId, String list, AccountSet accounts) {
        if (hasRoom(activityId, accounts.size())) {
            take(activityId, new Loaded(list, accounts));
        }
    }

    /** Of two lists of an activity the later one stays: one that was read meanwhile may be older than one that was put. */
    private void take(ActivityId activityId, Loaded fresh) {
        loaded.merge(
                activityId, fresh, (old, now) -> ListName.version(old.list) > ListName.version(now.list) ? old : now);
    }

    /** Whether the activity's list may have so many accounts, beside the lists of all other activities. */
    boolean hasRoom(ActivityId activityId, int accounts) {
        long others = loaded.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(activityId))
                .mapToLong(entry -> entry.getValue().accounts.size())
                .sum();
        return others + accounts <= maxAccounts;
    }

    long maxAccounts() {
        return maxAccounts;
    }

    private void sweep() {
        sweepIsDue.set(false);
        try {
            long now = clock.millis();
            loaded.keySet().removeIf(id -> !isWanted(catalogue.find(id), now));
            for (Activity activity : catalogue.all()) {
                if (isWanted(activity, now) && inForce(activity) == null) {
                    load(activity);
                }
            }
        } catch (RuntimeException e) {
            log.error("Lists could not be looked after; error={}", e.toString(), e);
        } finally {
            firstSweep.countDown();
        }
    }

    private static boolean isWanted(Activity activity, long now) {
        return activity != null
                && activity.entry().hasList()
                && activity.state() != ActivityState.ENDED
                && now < activity.endTime() * 1_000;
    }

    private void load(Activity activity) {
        ActivityId id = activity.activityId();
        String list = activity.entry().eligibilityList();
        try {
            // What is replaced goes first: memory is for one of them. Not what somebody has put here just now.
            loaded.computeIfPresent(id, (key, old) -> old.list.equals(list) ? old : null);
            Integer size = store.size(id, list).toFuture().get(READ_AT_MOST.toSeconds(), TimeUnit.SECONDS);
            if (size != null && !hasRoom(id, size)) {
                throw new IllegalStateException(
                        "with its %d accounts all lists would have more than %d, which is dibs.eligibility.max-accounts"
                                .formatted(size, maxAccounts));
            }
            AccountSet accounts = store.read(id, list).toFuture().get(READ_AT_MOST.toSeconds(), TimeUnit.SECONDS);
            take(id, new Loaded(list, accounts));
            log.info("A list is in force; activityId={} list={} accounts={}", id, list, accounts.size());
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            missing.occurred("A list is not here, nobody is let in; activityId=" + id + " list=" + list, cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable cause(Exception e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private void changed(Activity activity) {
        if (activity.entry().hasList() && sweepIsDue.compareAndSet(false, true)) {
            try {
                thread.execute(this::sweep);
            } catch (java.util.concurrent.RejectedExecutionException e) {
                log.debug("Stopping; a change of a list is not followed any more; error={}", e.toString());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        catalogue.onChange(this::changed);
        try {
            if (!firstSweep.await(START_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("This instance serves before it has all its lists; it takes no grabs of theirs until then");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return startPhase;
    }
}
