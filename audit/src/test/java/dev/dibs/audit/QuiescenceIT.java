package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.ReplaceOptions;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuiescenceIT {
    private static final Duration ONCE = Duration.ZERO;

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void writeWorld() throws IOException {
        world = World.planned(folder).write();
        projectEverything();
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void isReachedWhenEverythingHasCaughtUp() {
        assertThat(Quiescence.await(world.sources(), ONCE)).isEmpty();
    }

    @Test
    void namesAnOutboxThatIsNotEmpty() {
        world.redis.xadd(new InventoryKeys(world.gala.id).outbox(), Map.of("sequence", "2"));

        assertThat(Quiescence.await(world.sources(), ONCE))
                .containsExactly("the outbox of " + world.gala.id + " holds 1 claims");
    }

    @Test
    void namesAProjectorThatLags() {
        int partition = world.movie.last.partition();
        position(partition, 1);

        assertThat(Quiescence.await(world.sources(), ONCE))
                .singleElement()
                .asString()
                .startsWith("the projector is at offset 1 of partition " + partition + " of the log, not yet at ");
    }

    @Test
    void namesStatisticsThatLag() throws IOException {
        try (World lagging = World.planned(folder)) {
            lagging.stats.set(0, World.totals(lagging.movie, 1, lagging.movie.last.offset() - 1));
            lagging.stats.remove(1);
            lagging.write();

            List<String> lags = Quiescence.await(lagging.sources(), Duration.ofMillis(300));

            assertThat(lags)
                    .contains(
                            "the statistics of " + lagging.movie.id + " are at offset "
                                    + (lagging.movie.last.offset() - 1) + " of the log, not yet at "
                                    + lagging.movie.last.offset(),
                            "the statistics of " + lagging.gala.id + " are at offset -1 of the log, not yet at "
                                    + lagging.gala.last.offset());
        }
    }

    @Test
    void waitsUntilWhatLagsHasCaughtUp() throws Exception {
        String outbox = new InventoryKeys(world.gala.id).outbox();
        world.redis.xadd(outbox, Map.of("sequence", "2"));
        CompletableFuture<List<String>> waiting =
                CompletableFuture.supplyAsync(() -> Quiescence.await(world.sources(), Duration.ofSeconds(30)));

        world.redis.del(outbox);

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    /** The projector's positions, as they are when it has written all of the log. */
    private void projectEverything() {
        Map<String, Object> settings = TestServers.kafkaClient();
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        settings.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            for (int partition = 0; partition < TestTopics.PARTITIONS; partition++) {
                TopicPartition log = new TopicPartition(Topics.TICKET_EVENTS, partition);
                position(partition, consumer.endOffsets(List.of(log)).get(log));
            }
        }
    }

    private void position(int partition, long next) {
        Document id = new Document("_id", Documents.positionId("user_tickets_2", partition));
        World.run(world.collection(Documents.PROJECTIONS)
                .replaceOne(
                        id, new Document(id).append(Projection.NEXT_OFFSET, next), new ReplaceOptions().upsert(true)));
    }
}
