package dev.dibs.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.TestClock;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactedTableIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LATER = (new TestClock().seconds() + 60) * 1_000;

    private record Note(String text, long expiresAt) {
        static byte[] encode(Note note) {
            return (note.text + "|" + note.expiresAt).getBytes(StandardCharsets.UTF_8);
        }

        static Note decode(byte[] bytes) throws UndecodableRecordException {
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|");
            if (parts.length != 2) {
                throw new UndecodableRecordException("not a note");
            }
            return new Note(parts[0], Long.parseLong(parts[1]));
        }
    }

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private String kafka;
    private String topic;

    @BeforeEach
    void aTopicOfItsOwn() {
        kafka = TestServers.kafka();
        topic = TestIds.unique("notes");
        create();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    void anEntryIsKnownToAllInstancesAndAfterARestart() {
        CompactedTable<Note> one = table();
        CompactedTable<Note> other = table();
        Note note = new Note("hello", LATER);

        one.put("k", note).block(PATIENCE);

        assertThat(one.find("k")).isEqualTo(note);
        await().atMost(PATIENCE).until(() -> note.equals(other.find("k")));
        assertThat(table().all()).containsExactly(Map.entry("k", note));
    }

    @Test
    void aRemovedEntryIsGoneEverywhereAndStaysSo() {
        CompactedTable<Note> one = table();
        CompactedTable<Note> other = table();
        one.put("k", new Note("hello", LATER)).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> other.size() == 1);

        other.remove("k").block(PATIENCE);

        assertThat(other.find("k")).isNull();
        await().atMost(PATIENCE).until(() -> one.find("k") == null);
        assertThat(table().all()).isEmpty();
    }

    @Test
    void theLastRecordOfAKeyCounts() {
        CompactedTable<Note> one = table();
        CompactedTable<Note> other = table();

        one.put("k", new Note("first", LATER)).block(PATIENCE);
        other.put("k", new Note("second", LATER)).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> "second".equals(one.find("k").text()));
        assertThat(table().find("k").text()).isEqualTo("second");
    }

    @Test
    void anEntryIsForgottenWhenItsTimeIsOver() {
        CompactedTable<Note> table = table();
        List<String> told = new CopyOnWriteArrayList<>();
        table.onChange((key, now) -> told.add(key + "=" + (now == null ? "gone" : now.text())));
        table.put("k", new Note("hello", LATER)).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> told.contains("k=hello"));

        clock.goOn(Duration.ofSeconds(60));

        // It is removed first and told of afterwards.
        await().atMost(PATIENCE).until(() -> told.contains("k=gone"));
        assertThat(told).containsExactly("k=hello", "k=gone");
        assertThat(table.find("k")).isNull();
        assertThat(table().all()).isEmpty();
    }

    @Test
    void aFullTableTakesNothingNewButMayBeChanged() {
        CompactedTable<Note> table = table();
        table.put("a", new Note("1", LATER)).block(PATIENCE);
        table.put("b", new Note("1", LATER)).block(PATIENCE);
        table.put("c", new Note("1", LATER)).block(PATIENCE);

        assertThatThrownBy(() -> table.put("d", new Note("1", LATER)).block(PATIENCE))
                .isInstanceOf(TableFullException.class)
                .hasMessageContaining("3 entries");
        table.put("a", new Note("2", LATER)).block(PATIENCE);
        table.remove("b").block(PATIENCE);
        table.put("d", new Note("1", LATER)).block(PATIENCE);

        assertThat(table.all().keySet()).containsExactlyInAnyOrder("a", "c", "d");
    }

    @Test
    void bytesThatAreNoEntryAreCountedAndSkipped() {
        CompactedTable<Note> table = table();

        append("k".getBytes(StandardCharsets.UTF_8), "nonsense".getBytes(StandardCharsets.UTF_8));
        table.put("k", new Note("hello", LATER)).block(PATIENCE);

        assertThat(table.all()).containsOnlyKeys("k");
        assertThat(table.undecodable()).isEqualTo(1);
    }

    @Test
    void aListenerIsToldOfWhatThereIsAndOneThatFailsHarmsNoOther() {
        CompactedTable<Note> table = table();
        table.put("k", new Note("before", LATER)).block(PATIENCE);
        List<Note> told = new CopyOnWriteArrayList<>();
        table.onChange((key, now) -> {
            throw new IllegalStateException("a listener that fails");
        });
        table.onChange((key, now) -> told.add(now));

        table.put("k", new Note("after", LATER)).block(PATIENCE);

        await().atMost(PATIENCE).until(() -> told.contains(new Note("after", LATER)));
        assertThat(told.get(0).text()).isIn("before", "after");
    }

    @Test
    void whatIsKnownStaysKnownWhileTheBrokerIsAwayAndChangesGoOnAfterwards(@TempDir Path folder) throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(folder);
        kafka = broker.bootstrapServers();
        create();
        CompactedTable<Note> table = table();
        table.put("k", new Note("before", LATER)).block(PATIENCE);

        broker.close();

        assertThatThrownBy(() -> table.put("k", new Note("meanwhile", LATER)).block(PATIENCE))
                .satisfies(error -> assertThat(causes(error))
                        .anyMatch(cause -> cause instanceof KafkaException
                                || cause instanceof java.util.concurrent.TimeoutException));
        assertThat(table.find("k").text()).isEqualTo("before");

        toClose.add(EmbeddedKafka.start(folder));
        table.put("k", new Note("after", LATER)).block(PATIENCE);

        assertThat(table.find("k").text()).isEqualTo("after");
    }

    @Test
    void aTableThatStartsBeforeItsTopicIsThereWaitsForIt() throws Exception {
        topic = TestIds.unique("late");
        CompactedTable<Note> early = started();
        assertThat(early.awaitCaughtUp(Duration.ofMillis(300))).isFalse();

        create();

        assertThat(early.awaitCaughtUp(PATIENCE)).isTrue();
    }

    private static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private CompactedTable<Note> table() {
        CompactedTable<Note> table = started();
        table.caughtUp().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return table;
    }

    private CompactedTable<Note> started() {
        CompactedTable<Note> table = new CompactedTable<>(
                Map.of("bootstrap.servers", kafka),
                new TableTopic<>(topic, "NotePut", "NoteRemoved", Note::encode, Note::decode, Note::expiresAt),
                "notes",
                TestIds.unique("test"),
                3,
                clock);
        toClose.add(0, table);
        table.start();
        return table;
    }

    private void create() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            NewTopic compacted = new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(compacted)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(byte[] key, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }
}
