package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ledger.BrokenLedgers;
import dev.dibs.processor.Samples;
import dev.dibs.topics.Topics;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads what the processor writes with the CloudEvents SDK finds CloudEvents. */
final class CloudEventsTest {
    private static final byte[] NONSENSE = "{\"no\":".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aRowIsAnEventNamedAfterItsPlaceInTheLog() {
        try (Rig rig = rig("one")) {
            List<TicketEvent> log = aSale(rig);

            List<CloudEvent> rows = events(rig, Topics.GRAB_RESULTS);

            assertThat(rows).extracting(CloudEvent::getId).containsExactly("0-2", "0-3", "0-4");
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.getType()).isEqualTo("dev.dibs.GrabResult");
                assertThat(row.getSource()).isEqualTo(URI.create("/dibs/stream-processor/grab-results"));
                assertThat(row.getDataContentType()).isEqualTo("application/json");
            });
            assertThat(rows)
                    .extracting(row -> row.getTime().toInstant().toEpochMilli())
                    .containsExactly(
                            log.get(2).occurredAt(),
                            log.get(3).occurredAt(),
                            log.get(4).occurredAt());
        }
    }

    @Test
    void sumsAreEventsToo() {
        try (Rig rig = rig("one")) {
            aSale(rig);
            rig.writeStatistics();

            assertThat(events(rig, Topics.ACTIVITY_STATS)).isNotEmpty().allSatisfy(totals -> {
                assertThat(totals.getType()).isEqualTo("dev.dibs.ActivityStats");
                assertThat(totals.getSource()).isEqualTo(URI.create("/dibs/stream-processor/activity-stats"));
                assertThat(totals.getTime()).as("a sum has no time of its own").isNull();
            });
            assertThat(events(rig, Topics.ACTIVITY_STATS_PER_SECOND))
                    .isNotEmpty()
                    .allSatisfy(second -> {
                        assertThat(second.getType()).isEqualTo("dev.dibs.SecondStats");
                        assertThat(second.getTime().toInstant().getNano())
                                .as("the beginning of a second")
                                .isZero();
                    });
        }
    }

    @Test
    void anAlarmIsAnEventNamedAfterThePlaceInTheLogBehindWhichSomethingIsBroken() {
        try (Rig rig = new Rig(folder.resolve("broken"), BrokenLedgers::thatIssueTwice)) {
            long epoch = rig.event(Samples.epoch(1));
            rig.event(Samples.stock(0, 10));
            rig.event(Samples.grab(epoch, 2, "anna"));
            long twice = rig.event(Samples.grab(epoch, 2, "carl"));

            assertThat(events(rig, Topics.ALARMS)).singleElement().satisfies(alarm -> {
                assertThat(alarm.getType()).isEqualTo("dev.dibs.ConservationAlarm");
                assertThat(alarm.getSource()).isEqualTo(URI.create("/dibs/stream-processor/alarms"));
                assertThat(alarm.getId()).isEqualTo("0-" + twice);
            });
        }
    }

    @Test
    void whatIsWrittenAgainAfterEverythingWasReadAnewHasTheIdsThatItHad() {
        try (Rig rig = rig("one");
                Rig rebuilt = rig("two")) {
            List<TicketEvent> log = aSale(rig);
            // The one has written sums in between, which the other never does.
            rig.writeStatistics();
            GrabFunnel funnel = Samples.funnel("a1", Samples.SECOND, 3, Map.of("soldOut", 3L));
            rig.funnel(funnel);
            rig.writeStatistics();

            log.forEach(rebuilt::event);
            rebuilt.funnel(funnel);
            rebuilt.writeStatistics();

            for (String topic : List.of(Topics.GRAB_RESULTS, Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND)) {
                assertThat(lastIds(rebuilt, topic)).as(topic).isNotEmpty().isEqualTo(lastIds(rig, topic));
            }
        }
    }

    @Test
    void twoSumsNeverHaveOneIdThoughTheLogStandsStill() {
        try (Rig rig = rig("one")) {
            aSale(rig);
            for (int requests = 1; requests <= 3; requests++) {
                rig.funnel(Samples.funnel("a1", Samples.SECOND, requests, Map.of("soldOut", (long) requests)));
                rig.writeStatistics();
            }

            List<TestRecord<String, byte[]>> totals =
                    rig.values(Topics.ACTIVITY_STATS).toList();

            assertThat(totals)
                    .hasSize(3)
                    .extracting(record -> event(record).getId())
                    .doesNotHaveDuplicates();
            // The place in the log, which looks like a name for a sum, would have named all three the same.
            assertThat(totals)
                    .extracting(record -> decode(record.value()).replaceAll(".*(\"logOffset\":\\d+).*", "$1"))
                    .containsOnly("\"logOffset\":4");
        }
    }

    @Test
    void aDeadLetterIsAnEventWhateverTheRecordWas() {
        try (Rig rig = rig("one")) {
            Headers broken = new RecordHeaders()
                    .add("ce_specversion", bytes("9.9"))
                    .add("ce_id", bytes("theirs"))
                    .add("content-type", bytes("application/json"))
                    .add("dibs_topic", bytes("another"))
                    .add("traceparent", bytes("00-1"));
            send(rig, Topics.TICKET_EVENTS, NONSENSE, broken);

            TestRecord<String, byte[]> letter =
                    rig.values(Topics.DEAD_LETTERS).findFirst().orElseThrow();

            CloudEvent event = event(letter);
            assertThat(event.getType()).isEqualTo("dev.dibs.DeadLetter");
            assertThat(event.getId()).isEqualTo(Topics.TICKET_EVENTS + "-0-0");
            assertThat(event.getDataContentType()).isEqualTo("application/octet-stream");
            assertThat(event.getData().toBytes()).isEqualTo(NONSENSE);
            assertThat(headers(letter))
                    .containsEntry("dibs_record_ce_specversion", "9.9")
                    .containsEntry("dibs_record_ce_id", "theirs")
                    .containsEntry("dibs_record_content-type", "application/json")
                    .containsEntry("dibs_record_dibs_topic", "another")
                    .containsEntry("traceparent", "00-1")
                    .containsEntry("dibs_topic", Topics.TICKET_EVENTS);
            // Were its headers kept as they were, nobody could read the letter as an event.
            assertThatThrownBy(() ->
                            KafkaMessageFactory.createReader(broken, NONSENSE).toEvent())
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void manySmallHeadersDoNotMakeADeadLetterTooLong() {
        try (Rig rig = rig("one")) {
            Headers many = new RecordHeaders();
            for (int i = 0; i < 10_000; i++) {
                many.add("ce_", new byte[0]);
            }
            send(rig, Topics.TICKET_EVENTS, NONSENSE, many);

            TestRecord<String, byte[]> letter =
                    rig.values(Topics.DEAD_LETTERS).findFirst().orElseThrow();

            assertThat(headers(letter)).doesNotContainKey("dibs_record_ce_");
            assertThat(event(letter).getType()).isEqualTo("dev.dibs.DeadLetter");
        }
    }

    @Test
    void aTimeThatNobodyCanWriteIsLeftOut() {
        try (Rig rig = rig("one")) {
            long epoch = rig.event(Samples.epoch(1));
            rig.event(Samples.stock(0, 1));
            TicketGrabbed grab = Samples.grab(epoch, 0, "anna");
            rig.event(new TicketGrabbed(
                    grab.activityId(),
                    epoch,
                    0,
                    grab.ticketId(),
                    grab.userId(),
                    grab.requestId(),
                    grab.requestedAt(),
                    Long.MAX_VALUE,
                    grab.ticketKind(),
                    grab.addressHash()));
            rig.writeStatistics();

            assertThat(events(rig, Topics.GRAB_RESULTS))
                    .singleElement()
                    .satisfies(row -> assertThat(row.getTime()).isNull());
            assertThat(events(rig, Topics.ACTIVITY_STATS_PER_SECOND)).isNotEmpty();
        }
    }

    private Rig rig(String name) {
        return new Rig(folder.resolve(name));
    }

    /** Two winners, of whom one is let in; what the log is then. */
    private static List<TicketEvent> aSale(Rig rig) {
        List<TicketEvent> log = new ArrayList<>();
        log.add(Samples.epoch(1));
        long epoch = rig.event(log.get(0));
        log.add(Samples.stock(0, 2));
        TicketGrabbed first = Samples.grab(epoch, 0, "anna");
        log.add(first);
        log.add(Samples.grab(epoch, 1, "bert"));
        log.add(Samples.redeemed(first, Samples.TIME + 60_000));
        log.subList(1, log.size()).forEach(rig::event);
        return log;
    }

    private static void send(Rig rig, String topic, byte[] value, Headers headers) {
        rig.driver()
                .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        bytes(Samples.ACTIVITY.value()), value, headers, Instant.ofEpochMilli(Samples.TIME)));
    }

    private static List<CloudEvent> events(Rig rig, String topic) {
        return rig.values(topic).map(CloudEventsTest::event).toList();
    }

    private static CloudEvent event(TestRecord<String, byte[]> record) {
        return KafkaMessageFactory.createReader(record.headers(), record.value())
                .toEvent();
    }

    private static Map<String, String> lastIds(Rig rig, String topic) {
        Map<String, String> ids = new TreeMap<>();
        rig.values(topic).forEach(record -> ids.put(record.key(), event(record).getId()));
        return ids;
    }

    private static Map<String, String> headers(TestRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), decode(header.value())));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
