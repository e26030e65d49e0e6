package dev.dibs.api.trail;

import dev.dibs.codec.TrailEntryCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.topics.Topics;
import dev.dibs.trail.TrailEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads the trail where it lies, with a consumer for each question: there are few, and nothing has to be kept for them.
 * A question looks at a bounded number of records, and tells where the next one goes on.
 */
final class TrailReader {
    private static final Logger log = LoggerFactory.getLogger(TrailReader.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIT, 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STANDSTILL = Duration.ofSeconds(5);
    /** Clocks of instances differ, so records are not quite in the order of their times. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final int CHUNK = 500;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Scheduler scheduler;
    private final int lookAtMost;

    /**
     * @param consumers makes a consumer
     * @param scheduler may block
     * @param lookAtMost how many records one page may look through
     */
    TrailReader(Supplier<Consumer<byte[], byte[]>> consumers, Scheduler scheduler, int lookAtMost) {
        this.consumers = consumers;
        this.scheduler = scheduler;
        this.lookAtMost = lookAtMost;
    }

    /**
     * Entries, newest first.
     *
     * @param next before which offset to go on; -1 where there is nothing more
     */
    record Page(List<TrailEntry> entries, long next) {
        Page {
            entries = List.copyOf(entries);
        }
    }

    /** @param before only entries before this offset; -1 from the newest on */
    Mono<Page> page(TrailQuery query, long before, int size) {
        return Mono.fromCallable(() -> read(query, before, size)).subscribeOn(scheduler);
    }

    private Page read(TrailQuery query, long before, int size) {
        try (Consumer<byte[], byte[]> consumer = open()) {
            Range range = range(consumer, query);
            long upper = before < 0 ? range.end : Math.min(before, range.end);
            long lookUntil = Math.max(range.begin, upper - lookAtMost);
            List<TrailEntry> page = new ArrayList<>(size);
            while (upper > lookUntil) {
                long lower = Math.max(lookUntil, upper - CHUNK);
                List<ConsumerRecord<byte[], byte[]>> chunk = chunk(consumer, lower, upper);
                for (int i = chunk.size() - 1; i >= 0; i--) {
                    TrailEntry entry = decode(chunk.get(i));
                    if (entry != null && query.matches(entry)) {
                        page.add(entry);
                        if (page.size() == size) {
                            long next = chunk.get(i).offset();
                            return new Page(page, next > range.begin ? next : -1);
                        }
                    }
                }
                upper = lower;
            }
            return new Page(page, upper > range.begin ? upper : -1);
        }
    }

    /** All entries, oldest first, in batches; read on only as they are taken. */
    Flux<List<TrailEntry>> all(TrailQuery query) {
        return Flux.<List<TrailEntry>, Reading>generate(
                        () -> new Reading(open(), query),
                        (reading, sink) -> {
                            List<TrailEntry> batch = reading.next();
                            if (batch == null) {
                                sink.complete();
                            } else {
                                sink.next(batch);
                            }
                            return reading;
                        },
                        Reading::close)
                .filter(batch -> !batch.isEmpty())
                .subscribeOn(scheduler);
    }

    private record Range(long begin, long end) {}

    private final class Reading {
        private final Consumer<byte[], byte[]> consumer;
        private final TrailQuery query;
        private final long end;

        Reading(Consumer<byte[], byte[]> consumer, TrailQuery query) {
            this.consumer = consumer;
            this.query = query;
            Range range = range(consumer, query);
            this.end = range.end;
            consumer.seek(PARTITION, Math.min(range.begin, range.end));
        }

        /** Null behind the last one. */
        List<TrailEntry> next() {
            if (consumer.position(PARTITION) >= end) {
                return null;
            }
            List<TrailEntry> batch = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : poll(consumer)) {
                TrailEntry entry = record.offset() < end ? decode(record) : null;
                if (entry != null && query.matches(entry)) {
                    batch.add(entry);
                }
            }
            return batch;
        }

        void close() {
            consumer.close();
        }
    }

    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> consumer = consumers.get();
        consumer.assign(List.of(PARTITION));
        return consumer;
    }

    private static Range range(Consumer<byte[], byte[]> consumer, TrailQuery query) {
        long begin = consumer.beginningOffsets(List.of(PARTITION)).get(PARTITION);
        long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        if (query.from() > CLOCKS_DIFFER.toMillis()) {
            begin = Math.max(begin, offset(consumer, query.from() - CLOCKS_DIFFER.toMillis(), end));
        }
        if (query.to() < Long.MAX_VALUE - 1_000 - CLOCKS_DIFFER.toMillis()) {
            end = Math.min(end, offset(consumer, query.to() + CLOCKS_DIFFER.toMillis(), end));
        }
        return new Range(Math.min(begin, end), end);
    }

    private static long offset(Consumer<byte[], byte[]> consumer, long time, long absent) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(PARTITION, time)).get(PARTITION);
        return found == null ? absent : found.offset();
    }

    private static List<ConsumerRecord<byte[], byte[]>> chunk(Consumer<byte[], byte[]> consumer, long from, long to) {
        consumer.seek(PARTITION, from);
        List<ConsumerRecord<byte[], byte[]>> chunk = new ArrayList<>((int) (to - from));
        while (consumer.position(PARTITION) < to) {
            for (ConsumerRecord<byte[], byte[]> record : poll(consumer)) {
                if (record.offset() < to) {
                    chunk.add(record);
                }
            }
        }
        return chunk;
    }

    /** @throws TimeoutException where the brokers send nothing though there is something */
    private static List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer) {
        long patience = System.nanoTime() + STANDSTILL.toNanos();
        long before = consumer.position(PARTITION);
        while (true) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(PARTITION);
            if (!records.isEmpty() || consumer.position(PARTITION) > before) {
                return records;
            }
            if (System.nanoTime() > patience) {
                throw new TimeoutException("The brokers send nothing of " + Topics.AUDIT);
            }
        }
    }

    private static TrailEntry decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return TrailEntryCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            log.warn(
                    "An entry of the trail cannot be read; topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return null;
        }
    }
}
