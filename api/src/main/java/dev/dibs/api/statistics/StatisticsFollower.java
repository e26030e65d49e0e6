package dev.dibs.api.statistics;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the stream-processor writes, on a thread of its own: all totals, and the seconds from a minute ago. The sale
 * needs none of it, so nobody waits for this, at the start or later.
 */
final class StatisticsFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatisticsFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final StatisticsTable table;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Thread thread;
    private volatile boolean caughtUp;
    private long undecodable;

    /** @param kafka bootstrap servers, client id, and whatever else the connection needs */
    StatisticsFollower(Map<String, Object> kafka, StatisticsTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
        settings = new HashMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A record that is taken back later would tell of grabs that were never counted.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.putAll(kafka);
    }

    void start() {
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::follow, "statistics");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all has been read that had been written when this began. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> mine = consumer) {
            Map<TopicPartition, Long> ends = null;
            while (stopping.getCount() > 0) {
                try {
                    if (ends == null) {
                        ends = begin(mine);
                    } else {
                        step(mine, ends);
                    }
                } catch (WakeupException | InterruptException e) {
                    return;
                } catch (KafkaException e) {
                    log.warn(
                            "Statistics cannot be read, will be tried again; topic={} error={}",
                            Topics.ACTIVITY_STATS,
                            e.toString());
                    pause();
                }
            }
        } catch (RuntimeException | Error e) {
            log.error(
                    "Statistics are followed no more, and grow old; topic={} error={}",
                    Topics.ACTIVITY_STATS,
                    e.toString(),
                    e);
        }
    }

    private Map<TopicPartition, Long> begin(KafkaConsumer<byte[], byte[]> mine) {
        List<TopicPartition> totals = partitions(mine, Topics.ACTIVITY_STATS);
        List<TopicPartition> seconds = partitions(mine, Topics.ACTIVITY_STATS_PER_SECOND);
        if (totals.isEmpty() || seconds.isEmpty()) {
            pause();
            return null;
        }
        List<TopicPartition> all = new ArrayList<>(totals);
        all.addAll(seconds);
        mine.assign(all);
        mine.seekToBeginning(totals);
        Map<TopicPartition, Long> since = new HashMap<>();
        long from = clock.millis() - TimeUnit.SECONDS.toMillis(StatisticsTable.KEPT_SECONDS);
        seconds.forEach(partition -> since.put(partition, from));
        mine.offsetsForTimes(since, METADATA_TIMEOUT).forEach((partition, found) -> {
            if (found == null) {
                mine.seekToEnd(List.of(partition));
            } else {
                mine.seek(partition, found.offset());
            }
        });
        return mine.endOffsets(totals, METADATA_TIMEOUT);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        var infos = consumer.partitionsFor(topic, METADATA_TIMEOUT);
        return infos == null
                ? List.of()
                : infos.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    private void step(KafkaConsumer<byte[], byte[]> mine, Map<TopicPartition, Long> ends) {
        mine.poll(POLL).forEach(this::take);
        if (!caughtUp && ends.entrySet().stream().allMatch(end -> mine.position(end.getKey()) >= end.getValue())) {
            caughtUp = true;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.ACTIVITY_STATS)) {
                table.totals(ActivityStatsCodec.decode(record.value()), record.timestamp());
            } else {
                table.second(SecondStatsCodec.decode(record.value()));
            }
        } catch (UndecodableRecordException e) {
            // One line for the first of them: whoever writes such records may write many.
            if (undecodable++ == 0) {
                log.error(
                        "A record of statistics cannot be read and is left out, as are others like it;"
                                + " topic={} partition={} offset={} error={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
    }

    private void pause() {
        try {
            stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        stopping.countDown();
        if (running == null) {
            return;
        }
        consumer.wakeup();
        try {
            running.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }
}
