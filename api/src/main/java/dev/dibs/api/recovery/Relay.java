package dev.dibs.api.recovery;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.claim.OutboxEntry;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then after each running activity: publishes claims again whose instance seems to have died, and has
 * Redis reconciled. Every instance does so; duplicates are harmless.
 */
public final class Relay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Younger entries are most likely on their way. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PAGE = 500;

    private final OccasionalWarning failures = new OccasionalWarning(log);
    private final RedisClusterAsyncCommands<String, String> redis;
    private final RedisClock clock;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final Outbox outbox;
    private final LogPublisher publisher;
    private final Reconciler reconciler;
    private final Repair repair;
    private final Stranding stranding;
    private final Aftercare aftercare;
    private final ScheduledExecutorService timer;

    Relay(
            RedisClusterAsyncCommands<String, String> redis,
            RedisClock clock,
            Catalogue catalogue,
            LedgerView ledger,
            Outbox outbox,
            LogPublisher publisher,
            Reconciler reconciler,
            Repair repair,
            Aftercare aftercare) {
        this.redis = redis;
        this.clock = clock;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.outbox = outbox;
        this.publisher = publisher;
        this.reconciler = reconciler;
        this.repair = repair;
        this.stranding = new Stranding(redis);
        this.aftercare = aftercare;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        EvictionPolicy.complaint(redis).ifPresent(log::warn);
        aftercare.start(this::lookAfter);
        timer.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        catalogue.onChange(activity -> {
            // Also of what is over: Redis must hear of an end that is brought forward.
            if (activity.state() != ActivityState.DRAFT && ledger.isCaughtUp()) {
                reconciler.reconcile(activity.activityId());
            }
        });
    }

    private void look() {
        try {
            Waiting.await(clock.synchronise(redis), "Asking Redis for the time");
            if (!ledger.isCaughtUp()) {
                return;
            }
            for (Activity activity : catalogue.all()) {
                if (looksAfter(activity, clock.millis())) {
                    look(activity.activityId());
                }
            }
        } catch (RuntimeException e) {
            failed("The relay could not look after the activities;", e);
        }
    }

    /** What keeps it from one activity, such as a dead node of a cluster, must not keep it from the others. */
    private void look(ActivityId activityId) {
        try {
            lookAfter(activityId);
            countAgain(activityId);
        } catch (RuntimeException e) {
            failed("The relay could not look after an activity; activityId=" + activityId, e);
        }
    }

    private void failed(String what, RuntimeException error) {
        // While it is being stopped, to be interrupted is no trouble.
        if (!timer.isShutdown()) {
            failures.occurred(what, error);
        }
    }

    private void lookAfter(ActivityId activityId) {
        if (ledger.isCaughtUp()) {
            // Failures are logged there.
            repair.repair(activityId);
        }
        relay(activityId);
    }

    /** Whether Redis is kept for this activity; a while after its end nobody restores what it may lose. */
    public static boolean looksAfter(Activity activity, long nowMillis) {
        return activity.state() != ActivityState.DRAFT && !Lifespan.isSaleOver(activity, nowMillis);
    }

    /** What is claimed is held, or on its way; where it is neither, nobody would ever get it. */
    private void countAgain(ActivityId activityId) {
        MemoryActivityAccount account = ledger.account(activityId);
        if (account != null && stranding.isFound(activityId, account, System.nanoTime())) {
            repair.replace(activityId, account.epoch());
        }
    }

    private void relay(ActivityId activityId) {
        List<OutboxEntry> entries = Waiting.await(outbox.oldest(activityId, PAGE), "Reading the outbox");
        MemoryActivityAccount account = ledger.account(activityId);
        for (OutboxEntry entry : entries) {
            if (clock.millis() - entry.event().grabbedAt() < PATIENCE.toMillis() || account == null) {
                return;
            }
            boolean granted = LedgerFollower.holds(
                    account, entry.event().sequence(), entry.event().ticketId());
            // Once the fold has passed a later epoch, a grab of this one that is not granted never will be.
            if (granted || account.epoch() > entry.event().epoch()) {
                outbox.settled(activityId, entry.id());
            } else {
                log.info(
                        "Publishing a claim again; activityId={} ticketId={}",
                        activityId,
                        entry.event().ticketId());
                publisher.append(entry.event());
            }
        }
    }

    @Override
    public void close() {
        aftercare.close();
        timer.shutdownNow();
    }
}
