package dev.dibs.api.claim;

import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims on their way to the log. What is known to be there is deleted in the background, many at a time. */
public final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int CAPACITY = 100_000;
    private static final int BATCH = 1_000;
    private static final long FLUSH_MILLIS = 50;

    private record Settled(ActivityId activityId, String id) {}

    private final RedisClusterAsyncCommands<String, String> redis;
    private final BlockingQueue<Settled> settled = new ArrayBlockingQueue<>(CAPACITY);
    private final ScheduledExecutorService timer;

    /** @param redis of a connection that claims do not share */
    public Outbox(RedisClusterAsyncCommands<String, String> redis) {
        this.redis = redis;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "outbox-cleaner");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Notes that the log has decided on this entry. Where the queue is full the relay will find it out again. */
    public void settled(ActivityId activityId, String id) {
        settled.offer(new Settled(activityId, id));
    }

    /**
     * Some entries, oldest first.
     *
     * @param next behind which there are more, or null where these are the last
     */
    public record Page(List<OutboxEntry> entries, String next) {}

    /** The oldest entries, at most {@code count}. */
    public CompletionStage<List<OutboxEntry>> oldest(ActivityId activityId, int count) {
        return after(activityId, null, count).thenApply(Page::entries);
    }

    /** The entries behind this id (null: from the oldest on), at most {@code count}; none of those that nobody can read. */
    public CompletionStage<Page> after(ActivityId activityId, String id, int count) {
        Range.Boundary<String> from = id == null ? Range.Boundary.unbounded() : Range.Boundary.excluding(id);
        return redis.xrange(
                        new InventoryKeys(activityId).outbox(),
                        Range.from(from, Range.Boundary.unbounded()),
                        Limit.from(count))
                .thenApply(messages -> new Page(
                        messages.stream()
                                .flatMap(message -> read(activityId, message).stream())
                                .toList(),
                        messages.size() < count ? null : messages.get(count - 1).getId()));
    }

    /**
     * An entry that nobody can read is given up: whoever waits for its claim is told of none, and what it claimed is
     * found to be stranded and sold to somebody else. It must not keep the others of its activity waiting for ever.
     */
    private Optional<OutboxEntry> read(ActivityId activityId, StreamMessage<String, String> message) {
        try {
            return Optional.of(OutboxEntry.of(activityId, message));
        } catch (IllegalArgumentException e) {
            log.error("An entry of the outbox is given up; activityId={} error={}", activityId, e.getMessage());
            settled(activityId, message.getId());
            return Optional.empty();
        }
    }

    private void flush() {
        try {
            List<Settled> batch = new ArrayList<>(BATCH);
            while (settled.drainTo(batch, BATCH) > 0) {
                delete(batch);
                batch.clear();
            }
        } catch (RuntimeException e) {
            log.warn("Settled outbox entries stay until the relay looks at them; error={}", e.toString());
        }
    }

    private void delete(List<Settled> batch) {
        Map<ActivityId, List<String>> byActivity = new HashMap<>();
        batch.forEach(s ->
                byActivity.computeIfAbsent(s.activityId, a -> new ArrayList<>()).add(s.id));
        byActivity.forEach((activityId, ids) -> redis.xdel(
                        new InventoryKeys(activityId).outbox(), ids.toArray(String[]::new))
                .exceptionally(error -> {
                    log.warn(
                            "Settled outbox entries stay until the relay looks at them; activityId={} error={}",
                            activityId,
                            error.toString());
                    return 0L;
                }));
    }

    @Override
    public void close() {
        timer.shutdown();
        flush();
    }
}
