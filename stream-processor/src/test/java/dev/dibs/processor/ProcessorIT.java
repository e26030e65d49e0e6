package dev.dibs.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.processor.running.ProcessorRunner;
import dev.dibs.processor.running.StatisticsRebuild;
import dev.dibs.processor.running.StreamsSettings;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The program against a real broker: what it has written in the end is what a recount of the log gives. */
final class ProcessorIT {
    private static final int EVENTS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path dataDir;

    private final Recount recount = new Recount();
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private KafkaProducer<byte[], byte[]> producer;
    private Written written;

    @BeforeEach
    void connect() {
        TestTopics.create();
        producer = new KafkaProducer<>(TestServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer());
        written = new Written();
    }

    @AfterEach
    void disconnect() {
        started.forEach(ConfigurableApplicationContext::close);
        producer.close();
        written.close();
    }

    @Test
    void everythingEqualsARecountOfTheLogThoughTheProcessorStopsAndDiesInBetween() throws Exception {
        long seed = Seeds.fresh();
        List<ActivityId> activities = IntStream.range(0, 5)
                .mapToObj(i -> TestIds.activity("restarts"))
                .toList();
        activities.forEach(this::publish);
        RandomEvents events = new RandomEvents(seed, activities);

        write(events, EVENTS / 4);
        ConfigurableApplicationContext first = start();
        write(events, EVENTS / 4);
        first.close();
        write(events, EVENTS / 4);
        int before = written.awaitEnd().resultsOf(activities).size();
        HardKill second = HardKill.start(arguments());
        await().atMost(PATIENCE).until(() -> written.resultsOf(activities).size() > before);
        write(events, EVENTS / 8);
        second.kill();
        write(events, EVENTS / 8);
        start();

        awaitRecount(seed, activities);
        assertThat(written.resultsOf(activities))
                .as("seed %d: each row once", seed)
                .hasSameSizeAs(recount.rows());
    }

    @Test
    void recordsThatKafkaSendsAgainAreCountedOnce() throws Exception {
        long seed = Seeds.fresh();
        List<ActivityId> activities = List.of(TestIds.activity("again"), TestIds.activity("again"));
        activities.forEach(this::publish);
        RandomEvents events = new RandomEvents(seed, activities);
        write(events, 200);
        ConfigurableApplicationContext first = start();
        awaitRecount(seed, activities);
        first.close();

        forgetOffsets();
        write(events, 50);
        start();

        awaitRecount(seed, activities);
        assertThat(written.resultsOf(activities))
                .as("seed %d: each row once", seed)
                .hasSameSizeAs(recount.rows());
    }

    @Test
    void aRebuildWritesNoRowTwiceAndShowsNoSumThatIsSmallerThanBefore() throws Exception {
        // Given two processors, and an analyst who has seen all that there is
        long seed = Seeds.fresh();
        List<ActivityId> activities = List.of(TestIds.activity("rebuilt"), TestIds.activity("rebuilt"));
        activities.forEach(this::publish);
        RandomEvents events = new RandomEvents(seed, activities);
        write(events, 1_000);
        start();
        start("--dibs.instance=other", "--dibs.data.dir=" + dataDir.resolve("other"));
        awaitRecount(seed, activities);
        int seen = statistics(activities).size();

        // When
        StatisticsRebuild.Report report = StatisticsRebuild.run(TestServers.kafka(), PATIENCE);
        write(events, 200);

        // Then
        assertThat(report.done()).isTrue();
        awaitRecount(seed, activities);
        assertThat(written.resultsOf(activities))
                .as("seed %d: each row once", seed)
                .hasSameSizeAs(recount.rows());
        Map<ActivityId, Long> lastSeen = new HashMap<>();
        List<ActivityStats> all = statistics(activities);
        all.subList(0, seen).forEach(stats -> lastSeen.put(stats.activityId(), stats.logOffset()));
        assertThat(all.subList(seen, all.size()))
                .as("seed %d: what is shown from the rebuild on", seed)
                .isNotEmpty()
                .allMatch(stats -> stats.logOffset() >= lastSeen.get(stats.activityId()));
    }

    private List<ActivityStats> statistics(List<ActivityId> activities) {
        Decoder<ActivityStats> decoder = ActivityStatsCodec::decode;
        return written.of(Topics.ACTIVITY_STATS, activities)
                .map(row -> decoder.decoded(row.value()))
                .toList();
    }

    @Test
    void anUndecodableRecordStallsNothing() throws Exception {
        ActivityId activity = TestIds.activity("nonsense");
        publish(activity);
        byte[] nonsense = ("nonsense for " + activity).getBytes(StandardCharsets.UTF_8);
        TestLog.appendRaw(activity, nonsense);
        long seed = Seeds.fresh();
        write(new RandomEvents(seed, List.of(activity)), 50);

        start();

        awaitRecount(seed, List.of(activity));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written.deadLetters()).contains(nonsense));
    }

    @Test
    void theHealthFileIsThereWhileItRuns() throws Exception {
        ConfigurableApplicationContext application = start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).exists());
        assertThat(application.getBean(ProcessorRunner.class).running().isDone())
                .isTrue();

        application.close();

        assertThat(health()).doesNotExist();
    }

    private ConfigurableApplicationContext start(String... more) throws Exception {
        // Of two arguments with the same name Spring would make a list.
        List<String> names =
                Stream.of(more).map(argument -> argument.split("=")[0]).toList();
        String[] arguments = Stream.concat(
                        Stream.of(arguments()).filter(argument -> !names.contains(argument.split("=")[0])),
                        Stream.of(more))
                .toArray(String[]::new);
        ConfigurableApplicationContext context = ProcessorApplication.builder().run(arguments);
        started.add(context);
        context.getBean(ProcessorRunner.class).running().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return context;
    }

    private String[] arguments() {
        return new String[] {
            "--dibs.kafka=" + TestServers.kafka(),
            "--dibs.data.dir=" + dataDir,
            "--dibs.instance=it",
            "--dibs.pseudonym.key=" + Samples.PSEUDONYM_KEY,
            "--dibs.health.file=" + health()
        };
    }

    private Path health() {
        return dataDir.resolve("health");
    }

    private void publish(ActivityId activityId) {
        var activity = Samples.activity(activityId, "Film night", "Seat");
        TestLog.append(activity);
        recount.add(activity);
    }

    private void write(RandomEvents events, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            TicketEvent event = events.next();
            RecordMetadata place = send(Topics.TICKET_EVENTS, event.activityId(), TicketEventCodec.encode(event));
            recount.add(place.partition(), place.offset(), place.timestamp(), event);
            if (event instanceof EpochOpened) {
                events.opened(event.activityId(), place.offset());
            }
            if (i % 40 == 0) {
                GrabFunnel funnel = new GrabFunnel(
                        event.activityId(), "a1", Samples.SECOND + i, 3, Map.of("ended", 2L, "soldOut", 1L));
                send(Topics.GRAB_FUNNEL, funnel.activityId(), GrabFunnelCodec.encode(funnel));
                recount.add(funnel);
            }
        }
    }

    private RecordMetadata send(String topic, ActivityId activity, byte[] value) throws Exception {
        byte[] key = activity.value().getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }

    private void awaitRecount(long seed, List<ActivityId> activities) {
        Map<String, GrabResult> rows = new TreeMap<>();
        recount.rows().forEach(row -> rows.put(row.key(), row));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(lastRows(activities)).as("seed %d", seed).isEqualTo(rows);
            assertThat(last(Topics.ACTIVITY_STATS, activities, ActivityStatsCodec::decode))
                    .as("seed %d", seed)
                    .isEqualTo(recount.totals());
            assertThat(last(Topics.ACTIVITY_STATS_PER_SECOND, activities, SecondStatsCodec::decode))
                    .as("seed %d", seed)
                    .isEqualTo(recount.seconds());
        });
    }

    private Map<String, GrabResult> lastRows(List<ActivityId> activities) {
        return last(Topics.GRAB_RESULTS, activities, GrabResultCodec::decode);
    }

    private <R> Map<String, R> last(String topic, List<ActivityId> activities, Decoder<R> decoder) {
        Map<String, R> last = new TreeMap<>();
        written.of(topic, activities).forEach(row -> last.put(row.key(), decoder.decoded(row.value())));
        return last;
    }

    /** Each rebuild begins with another group, and removes the one before. */
    private static String group(Admin admin) throws Exception {
        return admin.listGroups().all().get(10, TimeUnit.SECONDS).stream()
                .map(GroupListing::groupId)
                .filter(group -> group.startsWith(StreamsSettings.APPLICATION_ID))
                .max(Comparator.comparingInt(String::length).thenComparing(group -> group))
                .orElseThrow();
    }

    /** As Kafka does it a week after the application was stopped. */
    private static void forgetOffsets() throws Exception {
        try (Admin admin = Admin.create(TestServers.kafkaClient())) {
            var partitions = Stream.of(Topics.TICKET_EVENTS, Topics.GRAB_FUNNEL, Topics.ACTIVITIES)
                    .flatMap(topic -> IntStream.range(0, TestTopics.PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(topic, partition)))
                    .collect(java.util.stream.Collectors.toSet());
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> admin.deleteConsumerGroupOffsets(group(admin), partitions)
                            .all()
                            .get(10, TimeUnit.SECONDS));
        }
    }

    /** A codec that must not fail on what the processor writes. */
    @FunctionalInterface
    private interface Decoder<R> {
        R decode(byte[] value) throws UndecodableRecordException;

        default R decoded(byte[] value) {
            try {
                return decode(value);
            } catch (UndecodableRecordException e) {
                throw new AssertionError("The processor has written what nobody can read", e);
            }
        }
    }
}
