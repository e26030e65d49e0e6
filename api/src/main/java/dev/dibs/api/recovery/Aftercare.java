package dev.dibs.api.recovery;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.LuaScript;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of activities that are over and in the projection: first of their keys in Redis, when the sale is over, and
 * later of their accounts in memory, when none of their tickets can be used any more. Every instance does so; one of
 * them removes the keys.
 */
final class Aftercare implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Aftercare.class);

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final OccasionalWarning failures = new OccasionalWarning(log);
    private final RedisClusterAsyncCommands<String, String> redis;
    private final Catalogue catalogue;
    private final LedgerFollower ledger;
    private final ProjectedPositions projection;
    private final Clock clock;
    private final LuaScript retire = LuaScript.load(Aftercare.class, "retire.lua");
    /** Whose keys are gone; a window that is extended afterwards brings them back. */
    private final Set<ActivityId> retired = new HashSet<>();

    private final Map<ActivityId, Long> lastOffsets = new HashMap<>();
    /** Not the relay's: it waits for MongoDB, which the relay of a running sale must not. */
    private final ScheduledExecutorService timer;

    Aftercare(
            RedisClusterAsyncCommands<String, String> redis,
            Catalogue catalogue,
            LedgerFollower ledger,
            ProjectedPositions projection,
            Clock clock) {
        this.redis = redis;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.projection = projection;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "aftercare");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param lookAfter publishes claims again that are not known to be in the log, and tells Redis of the end */
    void start(Consumer<ActivityId> lookAfter) {
        timer.scheduleWithFixedDelay(
                () -> look(lookAfter), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Consumer<ActivityId> lookAfter) {
        if (!ledger.isCaughtUp()) {
            return;
        }
        for (Activity activity : catalogue.all()) {
            try {
                look(activity, lookAfter);
            } catch (RuntimeException e) {
                failures.occurred(
                        "An activity that is over could not be let go of, will be tried again; activityId="
                                + activity.activityId(),
                        e);
            }
        }
    }

    private void look(Activity activity, Consumer<ActivityId> lookAfter) {
        ActivityId id = activity.activityId();
        long now = clock.millis();
        if (activity.state() == ActivityState.DRAFT || !Lifespan.isSaleOver(activity, now)) {
            retired.remove(id);
            lastOffsets.remove(id);
        } else if (!retired.contains(id)) {
            if (isProjected(id) && !retireKeys(activity)) {
                // Claimed in time: whoever waits for it gets it, however long the log was away.
                lookAfter.accept(id);
            }
        } else if (Lifespan.isForgotten(activity, now) && !ledger.isReleased(id) && isProjected(id)) {
            ledger.release(id);
            log.info("Released the account of an activity that is over; activityId={}", id);
        }
    }

    /** By what this instance has folded when it first asked: beyond that there is nothing of what is over. */
    private boolean isProjected(ActivityId id) {
        int partition = ledger.partitionOf(id);
        Long last = lastOffsets.computeIfAbsent(id, i -> ledger.positions().get(partition));
        return last != null && projection.hasReached(partition, last);
    }

    /** @return false where there are claims that are not known to be in the log, or Redis knows of another end */
    private boolean retireKeys(Activity activity) {
        ActivityId id = activity.activityId();
        InventoryKeys keys = new InventoryKeys(id);
        String[] names = {keys.state(), keys.free(), keys.users(), keys.codes(), keys.outbox(), keys.lease()};
        List<Object> answer = Waiting.await(
                retire.run(
                        redis,
                        names,
                        Long.toString(Lifespan.AFTERCARE.toMillis()),
                        activity.state() == ActivityState.ENDED ? "1" : "0"),
                "Removing keys from Redis");
        if (!answer.get(0).equals("RETIRED")) {
            return false;
        }
        retired.add(id);
        // What is in the outbox until now may have come into the log since.
        lastOffsets.remove(id);
        log.info("Removed the keys of a sale that is over; activityId={}", id);
        return true;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
