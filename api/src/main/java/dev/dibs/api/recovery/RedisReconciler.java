package dev.dibs.api.recovery;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.LuaScript;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.MemoryActivityAccount;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares an activity's keys with the ledger and the catalogue, and does the least that makes them agree. */
public final class RedisReconciler implements Reconciler, Recovery {
    private static final Logger log = LoggerFactory.getLogger(RedisReconciler.class);
    private static final int ATTEMPTS = 5;
    private static final long WAIT_MILLIS = 50;

    /** What has come of a look at an activity. */
    private enum Step {
        DONE,
        /** It has to be looked at afresh. */
        AGAIN,
        /** Another instance is at work. */
        LATER
    }

    private final RedisClusterAsyncCommands<String, String> redis;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final EpochOpening opening;
    private final CodeLoader codes;
    private final String instance;
    private final Clock clock;
    private final Runnable leaveReplica;
    private final LuaScript replid = LuaScript.load(RedisReconciler.class, "replid.lua");
    private final LuaScript adjust = LuaScript.load(RedisReconciler.class, "adjust.lua");
    private final SharedRuns runs;
    /** What the next run is to build anew, whatever it finds. */
    private final Set<ActivityId> distrusted = ConcurrentHashMap.newKeySet();
    /** How many wait for it to be built anew. */
    private final ConcurrentMap<ActivityId, Integer> recovering = new ConcurrentHashMap<>();

    /** The latest epoch of each activity in which its keys contradicted the ledger. */
    private final ConcurrentMap<ActivityId, Long> doubted = new ConcurrentHashMap<>();

    /** @param leaveReplica called when the server has become a replica, which nothing can be written to */
    RedisReconciler(
            RedisClusterAsyncCommands<String, String> redis,
            Catalogue catalogue,
            LedgerView ledger,
            EpochOpening opening,
            CodeLoader codes,
            String instance,
            Clock clock,
            Runnable leaveReplica,
            RecoveryThreads threads) {
        this.redis = redis;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.opening = opening;
        this.codes = codes;
        this.instance = instance;
        this.clock = clock;
        this.leaveReplica = leaveReplica;
        this.runs = new SharedRuns(threads, this::canSell, this::begin);
    }

    @Override
    public CompletableFuture<Void> reconcile(ActivityId activityId) {
        return runs.ask(activityId);
    }

    @Override
    public CompletableFuture<Void> recover(ActivityId activityId) {
        recovering.merge(activityId, 1, Integer::sum);
        distrusted.add(activityId);
        return reconcile(activityId)
                .whenComplete((done, error) -> recovering.compute(activityId, (id, waiting) -> {
                    if (waiting > 1) {
                        return waiting - 1;
                    }
                    // Whoever asked has been told. To try it again behind his back would stand in the way of whatever
                    // the next run has to mend.
                    distrusted.remove(id);
                    return null;
                }));
    }

    /**
     * As {@link #reconcile}, but opens a new epoch also where the state agrees, unless there is one behind this already:
     * however many find out at once, on however many instances, it is replaced once.
     *
     * @param epoch in which the keys contradict the ledger
     */
    CompletableFuture<Void> replace(ActivityId activityId, long epoch) {
        doubted.merge(activityId, epoch, Math::max);
        return reconcile(activityId);
    }

    private boolean canSell(ActivityId activityId) {
        MemoryActivityAccount account = ledger.account(activityId);
        return account == null || account.remaining() > 0;
    }

    private SharedRuns.Run begin(ActivityId activityId) {
        // Before anything is read: who distrusts what is there from here on has asked for a run of their own.
        boolean anew = distrusted.remove(activityId);
        return () -> {
            try {
                return goOn(activityId, anew);
            } catch (RuntimeException e) {
                if (anew) {
                    // It was not done, and whoever waits for the next run is promised it.
                    recovering.computeIfPresent(activityId, (id, waiting) -> {
                        distrusted.add(id);
                        return waiting;
                    });
                }
                throw e;
            }
        };
    }

    private boolean goOn(ActivityId activityId, boolean anew) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Activity activity = catalogue.find(activityId);
            MemoryActivityAccount account = ledger.account(activityId);
            if (activity == null
                    || activity.state() == ActivityState.DRAFT
                    || account == null
                    || account.stock() == 0) {
                return true;
            }
            Step step = step(activity, account, anew);
            if (step != Step.AGAIN) {
                return step == Step.DONE;
            }
        }
        throw new RecoveryException("Activity " + activityId + " kept changing; it will be tried again");
    }

    private Step step(Activity activity, MemoryActivityAccount account, boolean anew) {
        InventoryKeys keys = new InventoryKeys(activity.activityId());
        String fence = replicationId(keys);
        InventoryState there =
                InventoryState.parse(Waiting.await(redis.hgetall(keys.state()), "Reading state from Redis"));
        long epoch = account.epoch();
        if (there != null && there.epoch() > epoch) {
            // Another instance has opened an epoch that this one has not folded yet.
            pause();
            return Step.AGAIN;
        }
        boolean untrusted = anew || there == null || !there.fence().equals(fence) || there.epoch() < epoch;
        if (!untrusted && there.version() > activity.version()) {
            // Another instance has read a change that this one has not read yet, perhaps of the limit: a new epoch with
            // the old one would undo it.
            pause();
            return Step.AGAIN;
        }
        boolean contradicted = !untrusted && isDoubted(activity.activityId(), there.epoch());
        if (untrusted || contradicted || account.limitPerUser() != activity.limitPerUser()) {
            // The keys of a sale that is over are gone, or go soon, and are not brought back.
            return Lifespan.isSaleOver(activity, clock.millis())
                    ? Step.DONE
                    : openWithLease(activity, keys, fence, anew);
        }
        return adjust(activity, account, keys, fence, there) ? Step.DONE : Step.AGAIN;
    }

    private boolean isDoubted(ActivityId activityId, long epoch) {
        boolean doubtful = doubted.getOrDefault(activityId, ActivityAccount.NO_EPOCH) >= epoch;
        if (doubtful) {
            log.warn(
                    "Redis contradicts the log in its own epoch, and is built anew; activityId={} epoch={}",
                    activityId,
                    epoch);
        }
        return doubtful;
    }

    private Step openWithLease(Activity activity, InventoryKeys keys, String fence, boolean anew) {
        Lease lease = new Lease(redis, keys.lease(), instance);
        if (!lease.take()) {
            return Step.LATER;
        }
        try {
            return opening.open(activity, fence, anew, lease::keep) ? Step.DONE : Step.AGAIN;
        } finally {
            lease.end();
        }
    }

    /** False where it has to be looked at afresh. */
    private boolean adjust(
            Activity activity, MemoryActivityAccount account, InventoryKeys keys, String fence, InventoryState there) {
        int stock = account.stock();
        InventoryState wanted = InventoryState.wanted(activity, fence, there.epoch(), stock);
        if (there.equals(wanted)) {
            return true;
        }
        if (there.stock() < stock) {
            // The codes first: a sequence must not be claimed before its code is there.
            codes.load(
                    activity.activityId(),
                    account,
                    there.stock(),
                    stock,
                    batch -> Waiting.await(redis.hset(keys.codes(), batch), "Writing codes to Redis"),
                    () -> {});
        }
        List<Object> answer = Waiting.await(
                adjust.run(
                        redis,
                        new String[] {keys.state()},
                        fence,
                        Long.toString(there.epoch()),
                        Integer.toString(stock),
                        Long.toString(wanted.opens()),
                        Long.toString(wanted.closes()),
                        wanted.paused() ? "1" : "0",
                        Long.toString(wanted.version())),
                "Adjusting an activity in Redis");
        return answer.get(0).equals("ADJUSTED");
    }

    private String replicationId(InventoryKeys keys) {
        List<Object> found =
                Waiting.await(replid.run(redis, new String[] {keys.state()}), "Asking Redis for its replication id");
        if (found.size() < 2) {
            throw new RecoveryException("Redis names no master_replid; it must be version 4 or newer");
        }
        if (!found.get(1).equals("master")) {
            leaveReplica.run();
            throw new RecoveryException("This Redis has become a replica, and nothing can be written to it");
        }
        return (String) found.get(0);
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecoveryException("Recovery was interrupted", e);
        }
    }
}
