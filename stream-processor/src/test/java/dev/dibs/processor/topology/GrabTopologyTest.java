package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.BrokenLedgers;
import dev.dibs.measures.TopAddresses;
import dev.dibs.processor.RandomEvents;
import dev.dibs.processor.Recount;
import dev.dibs.processor.Samples;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import dev.dibs.results.GrabResult;
import dev.dibs.results.SecondStats;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GrabTopologyTest {
    @TempDir
    private Path stateDir;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(stateDir);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aValidGrabIsARowWithTheNamesOfItsActivityAndTicket() {
        rig.activity(Samples.activity(Samples.ACTIVITY, "Film night", "Seat"));
        long epoch = open(10, 1);
        TicketGrabbed grab = Samples.grab(epoch, 3, "anna");

        long offset = rig.event(grab);

        assertThat(rig.results())
                .containsExactly(row(grab, "Film night", "Seat", offset, GrabResult.Status.GRANTED, grab.grabbedAt()));
    }

    @Test
    void namesAreEmptyWhereTheActivityIsNotKnown() {
        long epoch = open(10, 1);
        TicketGrabbed grab = Samples.grab(epoch, 3, "anna");

        long offset = rig.event(grab);

        assertThat(rig.results())
                .containsExactly(row(grab, "", "", offset, GrabResult.Status.GRANTED, grab.grabbedAt()));
    }

    @Test
    void namesAreForgottenWithTheirActivity() {
        rig.activity(Samples.activity(Samples.ACTIVITY, "Film night", "Seat"));
        rig.raw(Topics.ACTIVITIES, Samples.ACTIVITY, null);
        long epoch = open(10, 1);

        rig.event(Samples.grab(epoch, 3, "anna"));

        assertThat(rig.results())
                .extracting(GrabResult::activityName, GrabResult::ticketName)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("", ""));
        assertThat(rig.values(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void onlyValidGrabsAreRows() {
        long epoch = open(3, 1);
        TicketGrabbed valid = Samples.grab(epoch, 0, "anna");
        rig.event(valid);
        rig.event(valid);
        rig.event(Samples.grab(epoch, 0, "bert"));
        rig.event(Samples.grab(epoch, 1, "anna"));
        rig.event(Samples.grab(epoch, 3, "carl"));
        rig.event(Samples.grab(epoch + 1, 2, "dora"));

        rig.writeStatistics();

        assertThat(rig.results()).extracting(GrabResult::ticketId).containsExactly(valid.ticketId());
        ActivityStats stats = rig.lastTotals().get("movie-night");
        assertThat(stats.granted()).isEqualTo(1);
        assertThat(stats.duplicates()).isEqualTo(1);
        assertThat(stats.voided()).isEqualTo(4);
        assertThat(stats.stock()).isEqualTo(3);
        assertThat(stats.remaining()).isEqualTo(2);
    }

    @Test
    void aRedemptionIsALaterRowWithTheSameKey() {
        long epoch = open(10, 1);
        TicketGrabbed grab = Samples.grab(epoch, 3, "anna");
        rig.event(grab);
        long later = Samples.TIME + 3_600_000;

        long offset = rig.event(Samples.redeemed(grab, later));
        rig.event(Samples.redeemed(grab, later + 1));

        assertThat(rig.values(Topics.GRAB_RESULTS).map(row -> row.key()))
                .containsExactly("movie-night:3", "movie-night:3");
        rig.event(Samples.revoked(grab, later + 2));
        rig.writeStatistics();
        ActivityStats stats = rig.lastTotals().get("movie-night");
        assertThat(stats.redeemed()).isEqualTo(1);
        assertThat(stats.revoked()).isZero();
        assertThat(stats.voided()).isEqualTo(2);
        assertThat(stats.logOffset()).isEqualTo(offset + 2);
    }

    @Test
    void aLaterRowDiffersFromTheFirstInItsStatusAndPositionOnly() {
        long epoch = open(10, 2);
        TicketGrabbed redeemed = Samples.grab(epoch, 3, "anna");
        TicketGrabbed revoked = Samples.grab(epoch, 4, "anna");
        rig.event(redeemed);
        rig.event(revoked);
        rig.results();
        long later = Samples.TIME + 3_600_000;

        long first = rig.event(Samples.redeemed(redeemed, later));
        long second = rig.event(Samples.revoked(revoked, later + 1));

        assertThat(rig.results())
                .containsExactly(
                        row(redeemed, "", "", first, GrabResult.Status.REDEEMED, later),
                        row(revoked, "", "", second, GrabResult.Status.REVOKED, later + 1));
    }

    @Test
    void theFunnelOfAllInstancesAddsUp() {
        rig.funnel(Samples.funnel("a1", Samples.SECOND, 10, Map.of("granted", 1L, "soldOut", 9L)));
        rig.funnel(Samples.funnel("a2", Samples.SECOND, 5, Map.of("soldOut", 4L, "notStarted", 1L)));
        rig.funnel(Samples.funnel("a1", Samples.SECOND + 1, 7, Map.of("ended", 7L)));

        rig.writeStatistics();

        Map<String, SecondStats> seconds = rig.lastSeconds();
        assertThat(seconds.get("movie-night:" + Samples.SECOND))
                .isEqualTo(new SecondStats(
                        Samples.ACTIVITY,
                        Samples.SECOND,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        15,
                        Map.of("granted", 1L, "soldOut", 13L, "notStarted", 1L)));
        assertThat(seconds.get("movie-night:" + (Samples.SECOND + 1)).requests())
                .isEqualTo(7);
        ActivityStats stats = rig.lastTotals().get("movie-night");
        assertThat(stats.requests()).isEqualTo(22);
        assertThat(stats.answers()).isEqualTo(Map.of("granted", 1L, "soldOut", 13L, "notStarted", 1L, "ended", 7L));
        assertThat(stats.logOffset()).isEqualTo(-1);
    }

    @Test
    void manyGrabsAreOneRecordOfStatistics() {
        long epoch = open(100, 1);
        for (int sequence = 0; sequence < 100; sequence++) {
            rig.event(Samples.grab(epoch, sequence, "user-" + sequence));
        }

        rig.writeStatistics();

        assertThat(rig.totals()).extracting(ActivityStats::granted).containsExactly(100L);
        assertThat(rig.seconds()).extracting(SecondStats::granted).containsExactly(100L);
        rig.passTime(Duration.ofMinutes(1));
        assertThat(rig.totals()).as("nothing has changed since").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.dibs.processor.Seeds#some")
    void everythingEqualsARecountOfTheLog(long seed) {
        List<ActivityId> activities = List.of(new ActivityId("a"), new ActivityId("a-1"), new ActivityId("b"));
        RandomEvents events = new RandomEvents(seed, activities);
        Recount recount = new Recount();
        recount.add(Samples.activity(activities.get(0), "One", "Seat"));
        rig.activity(Samples.activity(activities.get(0), "One", "Seat"));
        for (int i = 0; i < 600; i++) {
            TicketEvent event = events.next();
            long offset = rig.event(event);
            recount.add(0, offset, Samples.TIME, event);
            if (event instanceof EpochOpened) {
                events.opened(event.activityId(), offset);
            }
            if (i % 20 == 0) {
                GrabFunnel funnel = new GrabFunnel(
                        event.activityId(),
                        "a1",
                        Samples.SECOND + i,
                        i,
                        Map.of("ended", 2L),
                        Map.of((long) i / 60, 2L),
                        new TopAddresses(List.of(new TopAddresses.Address("hash-" + i % 7, i + 1, i + 1)), 0));
                rig.funnel(funnel);
                recount.add(funnel);
            }
            if (i % 100 == 0) {
                rig.writeStatistics();
            }
        }

        rig.writeStatistics();

        assertThat(rig.results()).as("seed %d", seed).isEqualTo(recount.rows());
        assertThat(rig.lastTotals()).as("seed %d", seed).isEqualTo(recount.totals());
        assertThat(rig.lastSeconds()).as("seed %d", seed).isEqualTo(recount.seconds());
        assertThat(rig.alarms()).as("seed %d", seed).isEmpty();
    }

    @Test
    void aSequenceThatIsIssuedTwiceRaisesAnAlarm() {
        rig.close();
        rig = new Rig(stateDir, BrokenLedgers::thatIssueTwice);
        long epoch = open(10, 1);
        rig.event(Samples.grab(epoch, 2, "anna"));
        rig.event(Samples.grab(epoch, 0, "bert"));
        assertThat(rig.alarms()).isEmpty();

        long twice = rig.event(Samples.grab(epoch, 2, "carl"));
        rig.event(Samples.grab(epoch, 1, "dora"));

        assertThat(rig.alarms())
                .containsExactly(new ConservationAlarm(Samples.ACTIVITY, 10, 3, 1, 7, 0, twice, Samples.TIME + 2));
        rig.writeStatistics();
        assertThat(rig.lastTotals().get("movie-night").holds()).isFalse();
    }

    @Test
    void withTheRuleThereIsNoAlarm() {
        long epoch = open(10, 1);
        rig.event(Samples.grab(epoch, 2, "anna"));
        rig.event(Samples.grab(epoch, 2, "carl"));

        rig.writeStatistics();

        assertThat(rig.alarms()).isEmpty();
        ActivityStats stats = rig.lastTotals().get("movie-night");
        assertThat(stats.free()).isEqualTo(2);
        assertThat(stats.unreached()).isEqualTo(7);
        assertThat(stats.holds()).isTrue();
    }

    @Test
    void whatRemainsIsToldForTheEndOfEachSecondWhateverComesLate() {
        long epoch = open(10, 1);
        long second = Samples.SECOND;
        rig.event(at(Samples.grab(epoch, 0, "anna"), second * 1_000));
        rig.event(at(Samples.grab(epoch, 1, "bert"), (second + 2) * 1_000));
        rig.event(at(Samples.grab(epoch, 2, "carl"), (second + 5) * 1_000));
        rig.writeStatistics();
        assertThat(rig.lastSeconds().values()).map(SecondStats::remaining).containsExactly(9L, 8L, 7L);

        rig.event(at(Samples.grab(epoch, 3, "dora"), (second + 1) * 1_000));
        rig.writeStatistics();

        assertThat(rig.lastSeconds().values())
                .as("what came before is not written again")
                .map(row -> row.second() - second, SecondStats::remaining)
                .containsExactly(tuple(1L, 8L), tuple(2L, 7L), tuple(5L, 6L));

        rig.funnel(Samples.funnel("a1", second + 2, 4, Map.of("soldOut", 4L)));
        rig.writeStatistics();

        assertThat(rig.lastSeconds().values())
                .as("requests change nothing that remains")
                .map(row -> row.second() - second, SecondStats::remaining)
                .containsExactly(tuple(2L, 7L));
    }

    @Test
    void soldOutIsWhenTheLastOneWasClaimedAndOnlyWhileNothingRemains() {
        long epoch = open(2, 1);
        rig.event(Samples.grab(epoch, 1, "anna"));
        rig.writeStatistics();
        assertThat(rig.lastTotals().get("movie-night").soldOutAt()).isZero();

        rig.event(Samples.grab(epoch, 0, "bert"));
        rig.writeStatistics();
        assertThat(rig.lastTotals().get("movie-night").soldOutAt()).isEqualTo(Samples.TIME + 1);

        rig.event(Samples.stock(2, 5));
        rig.writeStatistics();
        assertThat(rig.lastTotals().get("movie-night").soldOutAt()).isZero();
    }

    @Test
    void aRowSaysWhichInstanceSentTheGrabAndHowLongTheBuyerWaited() {
        long epoch = open(2, 1);
        TicketGrabbed grab = Samples.grab(epoch, 0, "anna");

        rig.event(grab, "/dibs/api/a7");
        rig.event(Samples.redeemed(grab, Samples.TIME + 9), "/dibs/api/a8");

        assertThat(rig.results())
                .map(GrabResult::instance, GrabResult::waitedMillis)
                .as("also the later row says it of the grab")
                .containsExactly(tuple("a7", 5L), tuple("a7", 5L));
    }

    @Test
    void aRowNamesNoBuyer() {
        long epoch = open(2, 1);
        rig.event(Samples.grab(epoch, 0, "anna-somebody"));

        assertThat(rig.values(Topics.GRAB_RESULTS))
                .singleElement()
                .satisfies(row -> assertThat(new String(row.value(), StandardCharsets.UTF_8))
                        .doesNotContain("anna-somebody")
                        .contains(Samples.PSEUDONYMS.of(new UserId("anna-somebody"))));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {Topics.TICKET_EVENTS, Topics.ACTIVITIES, Topics.GRAB_FUNNEL})
    void anUndecodableRecordGoesToTheDeadLettersAndTheNextHasItsTurn(String topic) {
        byte[] nonsense = "{\"no\":".getBytes(StandardCharsets.UTF_8);

        rig.raw(topic, Samples.ACTIVITY, nonsense);

        var letters = rig.values(Topics.DEAD_LETTERS).toList();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).key()).isEqualTo("movie-night");
        assertThat(letters.get(0).value()).isEqualTo(nonsense);
        assertThat(header(letters.get(0), "dibs_topic")).isEqualTo(topic);
        assertThat(header(letters.get(0), "dibs_partition")).isEqualTo("0");
        assertThat(header(letters.get(0), "dibs_offset")).isEqualTo("0");
        assertThat(header(letters.get(0), "dibs_error")).contains("JSON");
        assertThat(undecodable(topic)).isEqualTo(1.0);

        rig.activity(Samples.activity(Samples.ACTIVITY, "Film night", "Seat"));
        rig.funnel(Samples.funnel("a1", Samples.SECOND, 5, Map.of()));
        rig.event(Samples.grab(open(1, 1), 0, "anna"));
        rig.writeStatistics();
        assertThat(rig.results()).extracting(GrabResult::activityName).containsExactly("Film night");
        assertThat(rig.lastTotals().get("movie-night").requests()).isEqualTo(5);
    }

    @Test
    void aRecordWithoutAValueIsADeadLetterOfTheLog() {
        rig.raw(Topics.TICKET_EVENTS, Samples.ACTIVITY, null);

        assertThat(rig.values(Topics.DEAD_LETTERS)).hasSize(1);
    }

    @Test
    void aVeryLongRecordIsCutRatherThanStoppingTheLog() {
        byte[] tooLong = new byte[1_000_000];

        rig.raw(Topics.TICKET_EVENTS, Samples.ACTIVITY, tooLong);

        var letter = rig.values(Topics.DEAD_LETTERS).findFirst().orElseThrow();
        assertThat(letter.value()).hasSize(800_000);
        assertThat(header(letter, "dibs_value_bytes")).isEqualTo("1000000");
    }

    @Test
    void aClockThatIsWrongStopsNothing() {
        long epoch = open(3, 1);
        TicketGrabbed early = at(Samples.grab(epoch, 0, "anna"), 0);
        TicketGrabbed late = at(Samples.grab(epoch, 1, "bert"), Long.MAX_VALUE);
        TicketGrabbed right = Samples.grab(epoch, 2, "carl");

        rig.event(early);
        rig.event(late);
        rig.event(right);
        rig.writeStatistics();
        rig.event(Samples.grab(epoch, 0, "dora"));
        rig.writeStatistics();

        assertThat(rig.results()).hasSize(3);
        assertThat(rig.lastTotals().get("movie-night").granted()).isEqualTo(3);
        SecondStats second = rig.lastSeconds().get("movie-night:" + Samples.SECOND);
        assertThat(second.granted()).isEqualTo(1);
        assertThat(second.voided())
                .as("the present is not old because a clock is ahead")
                .isEqualTo(1);
    }

    @Test
    void theCountsOfOldSecondsAreDroppedFromTheStoreButStayInTheTopic() {
        rig.passTime(Duration.ofDays(3));
        rig.funnel(Samples.funnel("a1", Samples.SECOND, 5, Map.of()));
        rig.funnel(Samples.funnel("a1", Samples.SECOND + 172_800, 6, Map.of()));
        rig.writeStatistics();
        assertThat(rig.lastSeconds()).hasSize(2);

        rig.funnel(Samples.funnel("a1", Samples.SECOND, 7, Map.of()));
        rig.writeStatistics();

        assertThat(rig.seconds())
                .as("a wrong sum must not replace the right one")
                .isEmpty();
        assertThat(rig.lastTotals().get("movie-night").requests()).isEqualTo(18);
    }

    @Test
    void anEventIsAFewSmallEntriesHoweverLargeTheActivity() {
        long epoch = open(200, 1);
        for (int sequence = 0; sequence < 200; sequence++) {
            rig.event(Samples.grab(epoch, sequence, "user-" + sequence));
        }

        var grants = rig.driver().getKeyValueStore(StateStores.GRANTS.name());
        var accounts = rig.driver().getKeyValueStore(StateStores.ACCOUNTS.name());

        assertThat(grants.approximateNumEntries()).isEqualTo(200);
        try (var all = accounts.all()) {
            assertThat(all).toIterable().hasSize(1);
        }
    }

    /** Opens an epoch with stock and says its name. */
    private long open(int stock, int limit) {
        long epoch = rig.event(Samples.epoch(limit));
        rig.event(Samples.stock(0, stock));
        return epoch;
    }

    private double undecodable(String topic) {
        return rig.driver().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("undecodable-total")
                        && metric.getKey().tags().containsValue(topic))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    private static String header(org.apache.kafka.streams.test.TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static TicketGrabbed at(TicketGrabbed grab, long grabbedAt) {
        return new TicketGrabbed(
                grab.activityId(),
                grab.epoch(),
                grab.sequence(),
                grab.ticketId(),
                grab.userId(),
                grab.requestId(),
                grab.requestedAt(),
                grabbedAt,
                grab.ticketKind(),
                grab.addressHash());
    }

    private static GrabResult row(
            TicketGrabbed grab, String name, String ticket, long offset, GrabResult.Status status, long statusAt) {
        return new GrabResult(
                grab.activityId(),
                name,
                grab.sequence(),
                grab.ticketId(),
                grab.ticketKind(),
                ticket,
                Samples.PSEUDONYMS.of(grab.userId()),
                grab.epoch(),
                grab.requestedAt(),
                grab.grabbedAt(),
                Math.max(0, Samples.TIME - grab.requestedAt()),
                "",
                grab.addressHash(),
                0,
                offset,
                status,
                statusAt);
    }
}
