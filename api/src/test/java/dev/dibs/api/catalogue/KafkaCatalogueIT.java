package dev.dibs.api.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.ids.ActivityId;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

class KafkaCatalogueIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Its own: the first test wants it without topics. */
    private static EmbeddedKafka kafka;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeAll
    static void startBroker(@TempDir Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder);
        try (KafkaCatalogueCloser early = new KafkaCatalogueCloser(started())) {
            // Given a catalogue that has been started before there is a topic
            assertThat(early.catalogue().isCaughtUp()).isFalse();

            TestTopics.create(kafka.bootstrapServers());

            early.catalogue().caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private record KafkaCatalogueCloser(KafkaCatalogue catalogue) implements AutoCloseable {
        @Override
        public void close() {
            catalogue.stop();
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    void aSavedActivityIsKnownToAllInstancesAndAfterARestart() {
        KafkaCatalogue one = catalogue();
        KafkaCatalogue other = catalogue();
        Activity activity = draft();

        Activity saved = writer(one).save(activity).block(PATIENCE);

        assertThat(saved).isEqualTo(activity);
        assertThat(one.find(activity.activityId())).isEqualTo(activity);
        await().atMost(PATIENCE).until(() -> activity.equals(other.find(activity.activityId())));
        assertThat(caughtUp(catalogue()).find(activity.activityId())).isEqualTo(activity);
    }

    @Test
    void ofWritersThatRaceForAVersionOneWinsAndTheOthersAreTold() {
        KafkaCatalogue catalogue = catalogue();
        CatalogueWriter writer = writer(catalogue);
        Activity draft = writer.save(draft()).block(PATIENCE);

        List<Object> outcomes = Flux.range(1, 8)
                .flatMap(i -> writer.save(withLimit(draft, i))
                        .cast(Object.class)
                        .onErrorResume(e -> Flux.just(e).next().cast(Object.class)))
                .collectList()
                .block(PATIENCE);

        assertThat(outcomes).filteredOn(Activity.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(CatalogueConflictException.class::isInstance)
                .hasSize(7);
        assertThat(catalogue.find(draft.activityId()).version()).isEqualTo(2);
    }

    @Test
    void savingTheSameAgainIsNoConflict() {
        CatalogueWriter writer = writer(catalogue());
        Activity draft = writer.save(draft()).block(PATIENCE);

        assertThat(writer.save(draft).block(PATIENCE)).isEqualTo(draft);
    }

    @Test
    void anOutdatedChangeIsAConflictThatNamesWhatThereIsNow() {
        CatalogueWriter writer = writer(catalogue());
        Activity draft = writer.save(draft()).block(PATIENCE);
        Activity published =
                writer.save(draft.withState(ActivityState.PUBLISHED)).block(PATIENCE);

        assertThatThrownBy(
                        () -> writer.save(draft.withState(ActivityState.ENDED)).block(PATIENCE))
                .isInstanceOfSatisfying(
                        CatalogueConflictException.class,
                        conflict -> assertThat(conflict.current()).isEqualTo(published));
    }

    @Test
    void whoHasNotHeardOfAChangeYetIsToldWhenItConfirmsWhatItKnows() {
        KafkaCatalogue one = catalogue();
        KafkaCatalogue other = catalogue();
        Activity known = writer(one).save(draft()).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> known.equals(other.find(known.activityId())));
        CatalogueWriter confirming = writer(other);
        assertThat(confirming.confirm(known).block(PATIENCE)).isEqualTo(known);

        // Ten times, for the other instance might be quick; at the latest when its own record is read it knows.
        Activity before = known;
        for (int i = 0; i < 10; i++) {
            Activity stale = before;
            Activity changed = writer(one).save(withLimit(stale, 2 + i)).block(PATIENCE);
            assertThatThrownBy(() -> confirming.confirm(stale).block(PATIENCE))
                    .isInstanceOfSatisfying(
                            CatalogueConflictException.class,
                            conflict -> assertThat(conflict.current()).isEqualTo(changed));
            before = changed;
        }
    }

    @Test
    void whoReadsThroughKnowsWhatAnotherInstanceHasAnswered() {
        CatalogueWriter writer = writer(catalogue());
        KafkaCatalogue other = catalogue();

        // Thirty times, for the other instance might be quick.
        for (int i = 0; i < 30; i++) {
            Activity saved = writer.save(draft()).block(PATIENCE);
            readThrough(other);
            assertThat(other.find(saved.activityId())).isEqualTo(saved);
        }
    }

    private static void readThrough(KafkaCatalogue catalogue) {
        catalogue
                .readThrough()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Test
    void theConfigurationThatCountsIsWrittenAgainBehindOneThatDoesNot() {
        KafkaCatalogue catalogue = catalogue();
        Activity draft = writer(catalogue).save(draft()).block(PATIENCE);

        // A racing writer of another instance that died before it knew that it had lost.
        append(draft.activityId(), ActivityCodec.encode(withLimit(draft, 7, 1)));

        await().atMost(PATIENCE).until(() -> draft.equals(latest(draft.activityId())));
        assertThat(catalogue.find(draft.activityId())).isEqualTo(draft);
    }

    @Test
    void bytesThatAreNoActivityAreCountedAndSkipped() {
        KafkaCatalogue catalogue = catalogue();
        Activity draft = draft();

        append(draft.activityId(), "{\"no\":\"activity\"}".getBytes(StandardCharsets.UTF_8));
        append(draft.activityId(), null);
        append(draft.activityId(), ActivityCodec.encode(draft));

        await().atMost(PATIENCE).until(() -> draft.equals(catalogue.find(draft.activityId())));
        assertThat(catalogue.undecodable()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aListenerIsToldOfWhatThereIsAndOfWhatChanges() {
        KafkaCatalogue catalogue = catalogue();
        CatalogueWriter writer = writer(catalogue);
        Activity before = writer.save(draft()).block(PATIENCE);
        List<Activity> told = new CopyOnWriteArrayList<>();
        catalogue.onChange(activity -> {
            throw new IllegalStateException("a listener that fails harms no other");
        });
        catalogue.onChange(told::add);

        Activity after = writer.save(before.withState(ActivityState.PUBLISHED)).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> told.contains(after));
        assertThat(told)
                .filteredOn(a -> a.activityId().equals(before.activityId()))
                .endsWith(after);
    }

    private KafkaCatalogue catalogue() {
        KafkaCatalogue catalogue = started();
        toClose.add(catalogue::stop);
        return caughtUp(catalogue);
    }

    private static KafkaCatalogue started() {
        KafkaCatalogue catalogue = new KafkaCatalogue(client());
        catalogue.start();
        return catalogue;
    }

    private static KafkaCatalogue caughtUp(KafkaCatalogue catalogue) {
        catalogue.caughtUp().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return catalogue;
    }

    private CatalogueWriter writer(KafkaCatalogue catalogue) {
        KafkaCatalogueWriter writer = new KafkaCatalogueWriter(client(), catalogue, "test", Clock.systemUTC());
        toClose.add(writer);
        return writer;
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", TestIds.unique("catalogue"));
    }

    private static Activity draft() {
        return TestActivities.of(TestIds.activity("night"), ActivityState.DRAFT, 100, 200, 1);
    }

    private static Activity withLimit(Activity activity, int limit) {
        return withLimit(activity, limit, activity.version() + 1);
    }

    private static Activity withLimit(Activity activity, int limit, long version) {
        return new Activity(
                activity.activityId(),
                activity.name(),
                activity.description(),
                activity.image(),
                activity.startTime(),
                activity.endTime(),
                limit,
                activity.requiredRole(),
                activity.tickets(),
                activity.state(),
                version,
                activity.logStart(),
                Entry.OPEN);
    }

    private static void append(ActivityId key, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ACTIVITIES, key.value().getBytes(StandardCharsets.UTF_8), value));
        }
    }

    /** What compaction would leave of an activity. */
    private static Activity latest(ActivityId activityId) throws Exception {
        byte[] latest = null;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ACTIVITIES).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (activityId.value().equals(new String(record.key(), StandardCharsets.UTF_8))) {
                        latest = record.value();
                    }
                }
            }
        }
        return latest == null ? null : ActivityCodec.decode(latest);
    }
}
