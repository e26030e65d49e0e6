package dev.dibs.processor.running;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is set up.
 *
 * @param kafka bootstrap servers
 * @param stateDir where state is kept between two starts
 * @param replication of the stores' changelogs
 * @param instance this processor's name, or empty
 * @param standbyReplicas how many other processors keep a copy of a partition's state, to go on with it at once
 */
public record StreamsSettings(String kafka, Path stateDir, short replication, String instance, int standbyReplicas) {
    /** Also the consumer group, and the prefix of the changelogs' names; each rebuild begins with another one. */
    public static final String APPLICATION_ID = "dibs-stream-processor";

    /**
     * Results are read by consumers that wait for the commit. As often as sums are written; under load, commits twice as
     * often or half as often cost as much (docs/performance.md).
     */
    private static final int COMMIT_EVERY_MS = 200;

    private static final int POLL_MS = 50;
    /** During a sale the broker collects, instead of sending each few records by themselves. */
    private static final int FETCH_BYTES = 256 * 1024;

    private static final int FETCH_WAIT_MS = 100;
    private static final int LINGER_MS = 5;
    private static final int SESSION_MS = 10_000;
    private static final int HEARTBEAT_MS = 3_000;
    /**
     * How long a new processor that has to read its state first waits for its share at most, once it has it; the least
     * that Kafka Streams allows.
     */
    private static final int LOOK_FOR_READY_ONES_MS = 60_000;

    private static final long CACHE_BYTES = 32L << 20;

    /** @param rebuilds how often everything has been read anew */
    static String applicationId(int rebuilds) {
        return rebuilds == 0 ? APPLICATION_ID : APPLICATION_ID + "-" + rebuilds;
    }

    /** @param rebuilds how often everything has been read anew */
    Properties asProperties(int rebuilds) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(rebuilds));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) replication);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
        settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, LOOK_FOR_READY_ONES_MS);
        if (replication >= 3) {
            settings.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), "2");
        }
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
        latency(settings);
        membership(settings);
        return settings;
    }

    /** Removes the state of what was read before the latest rebuild; nobody uses it any more. */
    void removeOlderState(int rebuilds) throws IOException {
        for (int number = 0; number < rebuilds; number++) {
            Utils.delete(stateDir.resolve(applicationId(number)).toFile());
        }
    }

    private static void latency(Properties settings) {
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_BYTES);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    }

    private void membership(Properties settings) {
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        if (!instance.isEmpty()) {
            settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        }
    }
}
