package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A record that nobody can read stands in the log. */
final class UndecodableRecord implements Fault {
    private static final int PARTITIONS = 6;
    private static final int MOST_BYTES = 400;

    @Override
    public String name() {
        return "undecodable-record";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.KAFKA);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        byte[] value = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(value);
        byte[] key = new byte[8];
        random.nextBytes(key);
        int partition = random.nextInt(PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.targets().kafka(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long offset = producer.send(new ProducerRecord<>(Topics.TICKET_EVENTS, partition, key, value))
                    .get(15, TimeUnit.SECONDS)
                    .offset();
            return Outcome.made(value.length + " bytes at offset " + offset + " of partition " + partition);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException("the record could not be written: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(500);
    }

    @Override
    public void heal(Cluster cluster) {
        // It stays there for ever.
    }
}
