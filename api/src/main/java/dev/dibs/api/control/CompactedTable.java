package dev.dibs.api.control;

import dev.dibs.codec.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * A compacted topic, in the memory of every instance. Whoever changes it is answered once this instance has read the
 * change back; the others have it a moment later, and a restarted one has it before it serves. The last record of a key
 * counts, which is also the one that compaction keeps. While the brokers are away, what is known stays known, and
 * changes fail.
 */
public final class CompactedTable<V> implements SmartLifecycle, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CompactedTable.class);
    /** As for the catalogue: brokers that are busy, as after they have all been started at once, are slow to begin with. */
    public static final Duration READ_WITHIN = Duration.ofSeconds(120);

    private static final Duration FORGET_EVERY = Duration.ofSeconds(5);

    /** Is told, by the table's thread, of what there is when it is added and of each change from then on. */
    @FunctionalInterface
    public interface Listener<V> {
        /** @param now null where there is no such entry any more */
        void changed(String key, V now);
    }

    private final TableTopic<V> topic;
    private final int maxEntries;
    private final Clock clock;
    private final Map<String, V> entries = new ConcurrentHashMap<>();
    private final Map<String, V> readOnly = Collections.unmodifiableMap(entries);
    private final Queue<Listener<V>> newListeners = new ConcurrentLinkedQueue<>();
    private final List<Listener<V>> listeners = new ArrayList<>();
    private final ReadBack<Boolean> readBack = new ReadBack<>();
    private final AtomicLong undecodable = new AtomicLong();
    private final TopicFollower follower;
    private final TopicAppender appender;
    private long forgetAt;

    /**
     * @param kafka bootstrap servers and whatever else the connections need, but no client id
     * @param name of the threads and, behind the instance's, of the clients
     * @param instance names this instance as the source of what it writes
     * @param maxEntries beyond which nothing is put any more
     */
    public CompactedTable(
            Map<String, Object> kafka, TableTopic<V> topic, String name, String instance, int maxEntries, Clock clock) {
        this.topic = topic;
        this.maxEntries = maxEntries;
        this.clock = clock;
        this.follower = new TopicFollower(client(kafka, instance, name), topic.name(), name, new Reader());
        this.appender = new TopicAppender(
                client(kafka, instance, name + "-writer"), topic.name(), name + "-writer", instance, clock);
    }

    private static Map<String, Object> client(Map<String, Object> kafka, String instance, String name) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("client.id", instance + "-" + name);
        return settings;
    }

    /** The entry, or null; never waits. One whose time is over may be there for a few seconds more. */
    public V find(String key) {
        return entries.get(key);
    }

    /** All entries as they are; a view, in no order. */
    public Map<String, V> all() {
        return readOnly;
    }

    public int size() {
        return entries.size();
    }

    public void onChange(Listener<V> listener) {
        newListeners.add(listener);
    }

    /**
     * Puts the entry for all instances, in place of what is there.
     *
     * @return completes once this instance has it; with {@link TableFullException} where there is no room; after any
     *     other error it is not known whether it will be there
     */
    public Mono<Void> put(String key, V value) {
        return Mono.defer(() -> {
            if (entries.size() >= maxEntries && !entries.containsKey(key)) {
                return Mono.error(new TableFullException(topic.name(), maxEntries));
            }
            return append(key, topic.encode().apply(value), topic.putType());
        });
    }

    /** Removes the entry for all instances; it need not be there. */
    public Mono<Void> remove(String key) {
        return append(key, null, topic.removedType());
    }

    private Mono<Void> append(String key, byte[] value, String type) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        return readBack.append(
                        appender,
                        keyBytes,
                        value,
                        type,
                        error -> log.error(
                                "An entry of a table could not be written; topic={} error={}",
                                topic.name(),
                                error.toString()))
                .then();
    }

    /** Completes once all that was in the topic when the table started is in memory. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp();
    }

    public boolean isCaughtUp() {
        return follower.isCaughtUp();
    }

    /** How many records could not be decoded. */
    public long undecodable() {
        return undecodable.get();
    }

    private final class Reader implements TopicFollower.Reader {
        @Override
        public void read(ConsumerRecord<byte[], byte[]> record) {
            V value;
            String key;
            try {
                key = new String(record.key(), StandardCharsets.UTF_8);
                value = record.value() == null ? null : topic.decode().decode(record.value());
            } catch (UndecodableRecordException | RuntimeException e) {
                undecodable.incrementAndGet();
                log.error(
                        "A record is no entry of its table and is skipped; topic={} partition={} offset={} error={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.toString());
                return;
            }
            if (value == null || topic.expiresAt().applyAsLong(value) <= clock.millis()) {
                forget(key);
            } else {
                entries.put(key, value);
                listeners.forEach(listener -> tell(listener, key, value));
            }
            readBack.read(record, () -> true);
        }

        @Override
        public void afterBatch(boolean caughtUp) {
            for (Listener<V> added = newListeners.poll(); added != null; added = newListeners.poll()) {
                Listener<V> listener = added;
                entries.forEach((key, value) -> tell(listener, key, value));
                listeners.add(listener);
            }
            long now = clock.millis();
            if (now >= forgetAt || forgetAt - now > FORGET_EVERY.toMillis()) {
                forgetAt = now + FORGET_EVERY.toMillis();
                entries.forEach((key, value) -> {
                    if (topic.expiresAt().applyAsLong(value) <= now) {
                        forget(key);
                    }
                });
            }
        }
    }

    private void forget(String key) {
        if (entries.remove(key) != null) {
            listeners.forEach(listener -> tell(listener, key, null));
        }
    }

    private void tell(Listener<V> listener, String key, V now) {
        try {
            listener.changed(key, now);
        } catch (RuntimeException e) {
            log.error("A listener failed on a changed entry; topic={} error={}", topic.name(), e.toString(), e);
        }
    }

    /** Begins to read, without waiting; {@link #awaitCaughtUp} waits. */
    @Override
    public void start() {
        follower.start();
    }

    /**
     * Waits until this instance knows what the others know.
     *
     * @return whether it does
     */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        try {
            caughtUp().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            log.warn("A table is not read yet; topic={} error={}", topic.name(), e.toString());
            return false;
        }
    }

    @Override
    public void stop() {
        follower.close();
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    /** Before the web server starts, and after it has stopped; with the catalogue. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void close() {
        stop();
        appender.close();
    }
}
