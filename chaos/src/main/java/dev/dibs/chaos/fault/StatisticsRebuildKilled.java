package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** All statistics are counted anew, and a stream-processor is killed in the middle: the moment differs each time. */
final class StatisticsRebuildKilled implements Fault {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.STATS_REBUILDS, 0);
    private static final byte[] KEY = "rebuilds".getBytes(StandardCharsets.UTF_8);
    private static final long PATIENCE_SECONDS = 15;
    private static final int WITHIN_MILLIS = 6_000;

    @Override
    public String name() {
        return "stats-rebuild-killed";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.PROCESSOR, Part.KAFKA);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        String announced = announce(cluster.targets().kafka());
        Duration later = Duration.ofMillis(random.nextInt(WITHIN_MILLIS));
        Patience.pause(later);
        Member processor = Choice.one("processor-").of(cluster, random).get(0);
        boolean killed = processor.kill();
        return Outcome.madeIf(
                killed, "rebuild " + announced + ", " + later.toMillis() + " ms later kill -9 " + processor.name());
    }

    /** Each request for a rebuild is a record with a number that is greater than all before. */
    private static String announce(String kafka) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            long before = admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .offset();
            String number = Long.toString(before + 1);
            producer.send(new ProducerRecord<>(
                            PARTITION.topic(), PARTITION.partition(), KEY, number.getBytes(StandardCharsets.UTF_8)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return number;
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException("the rebuild could not be announced: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }

    @Override
    public void heal(Cluster cluster) {
        // Everybody who is down is started anyway, and goes on with the rebuild.
    }
}
