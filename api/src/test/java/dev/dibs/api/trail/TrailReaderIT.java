package dev.dibs.api.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.trail.TrailReader.Page;
import dev.dibs.codec.TrailEntryCodec;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.tail.LogConsumers;
import dev.dibs.testkit.TestLog;
import dev.dibs.topics.Topics;
import dev.dibs.trail.TrailEntry;
import dev.dibs.trail.TrailEntry.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

/** The trail as it is read from a real broker. */
@Timeout(120)
class TrailReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENTRIES = 1_200;
    private static final long HOUR = 3_600_000;
    /** A broker takes nothing from the future. */
    private static final long START = 1_790_000_000_000L - ENTRIES * HOUR;

    private static final TrailQuery ALL = new TrailQuery(null, null, 0, Long.MAX_VALUE);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static final List<TrailEntry> written = new ArrayList<>();

    @BeforeAll
    static void write() {
        kafka = EmbeddedKafka.start(folder);
        TestLog.connect(kafka.bootstrapServers()).close();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < ENTRIES; i++) {
                TrailEntry entry = entry(i);
                written.add(entry);
                producer.send(record(entry.occurredAt(), TrailEntryCodec.encode(entry)));
                if (i == ENTRIES / 2) {
                    producer.send(record(entry.occurredAt(), "no entry".getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.flush();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static ProducerRecord<byte[], byte[]> record(long time, byte[] value) {
        return new ProducerRecord<>(Topics.AUDIT, null, time, null, value);
    }

    /** One each hour; every tenth by anna, every seventh about the movie. */
    private static TrailEntry entry(int i) {
        return new TrailEntry(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Stage.ENDED,
                START + i * HOUR,
                i % 10 == 0 ? "anna" : "berta",
                "operator",
                "a1",
                "POST /admin/activities",
                i % 7 == 0 ? "movie" : "",
                "",
                200,
                "done",
                0);
    }

    private static TrailReader reader(int lookAtMost) {
        return new TrailReader(
                () -> LogConsumers.create(Map.of("bootstrap.servers", kafka.bootstrapServers())),
                Schedulers.boundedElastic(),
                lookAtMost);
    }

    private static List<TrailEntry> pages(TrailReader reader, TrailQuery query, int size) {
        List<TrailEntry> all = new ArrayList<>();
        long before = -1;
        do {
            Page page = reader.page(query, before, size).block(PATIENCE);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(size);
            all.addAll(page.entries());
            before = page.next();
        } while (before >= 0);
        return all;
    }

    private static List<TrailEntry> newestFirst(TrailQuery query) {
        List<TrailEntry> expected =
                new ArrayList<>(written.stream().filter(query::matches).toList());
        Collections.reverse(expected);
        return expected;
    }

    @Test
    void pagesTellEverythingOnceNewestFirst() {
        assertThat(pages(reader(100_000), ALL, 170)).isEqualTo(newestFirst(ALL));
    }

    @Test
    void itIsFilteredByActorActivityAndTime() {
        TrailQuery anna = new TrailQuery(new UserId("anna"), null, 0, Long.MAX_VALUE);
        TrailQuery movie = new TrailQuery(null, new ActivityId("movie"), 0, Long.MAX_VALUE);
        TrailQuery aDay = new TrailQuery(null, null, START + 100 * HOUR, START + 124 * HOUR);

        assertThat(pages(reader(100_000), anna, 50))
                .isEqualTo(newestFirst(anna))
                .hasSize(120);
        assertThat(pages(reader(100_000), movie, 50)).isEqualTo(newestFirst(movie));
        assertThat(pages(reader(100_000), aDay, 50))
                .isEqualTo(newestFirst(aDay))
                .hasSize(24);
    }

    @Test
    void aPageLooksThroughABoundedNumberOfRecordsAndTheNextGoesOn() {
        TrailQuery nobody = new TrailQuery(new UserId("nobody"), null, 0, Long.MAX_VALUE);

        Page page = reader(300).page(nobody, -1, 50).block(PATIENCE);

        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isEqualTo(ENTRIES + 1 - 300);
        assertThat(pages(reader(300), ALL, 500)).isEqualTo(newestFirst(ALL));
    }

    @Test
    void allOfItIsReadAsItIsTakenOldestFirst() {
        List<TrailEntry> all = new ArrayList<>();
        reader(1).all(ALL).doOnNext(all::addAll).blockLast(PATIENCE);

        assertThat(all).isEqualTo(written);
        assertThat(reader(1).all(ALL).take(1).blockLast(PATIENCE)).isNotEmpty();
    }
}
