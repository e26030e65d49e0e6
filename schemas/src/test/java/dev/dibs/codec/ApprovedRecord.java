package dev.dibs.codec;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import dev.dibs.activity.TicketType;
import dev.dibs.blocks.Block;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.ConservationAlarm;
import dev.dibs.results.ConservationAlarmCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.sessions.SessionEnding;
import dev.dibs.topics.Topics;
import dev.dibs.trail.TrailEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Bytes as they have been written once, and the record that they must always be read as.
 *
 * @param file below {@code approved/}, without its ending
 * @param topic whose values look so
 */
record ApprovedRecord(String file, String topic, Object record, Decoder decoder, Encoder encoder) {
    interface Decoder {
        Object decode(byte[] value) throws UndecodableRecordException;
    }

    interface Encoder {
        byte[] encode(Object record);
    }

    private static final long TIME = 1_795_176_000_000L;
    private static final ActivityId MOVIE = new ActivityId("movie-night");
    private static final TicketId TICKET = TicketId.parse("0b6f5a4e-2c1d-4f0a-9b7e-3d2c1a0f9e8d");
    private static final TicketKind SEAT = new TicketKind("seat");
    private static final UserId ALICE = new UserId("alice@example.org");
    private static final TopAddresses ADDRESSES =
            new TopAddresses(List.of(new Address("Yk3Q0vZ8m1xW5n2R", 4_100, 4_112)), 12);
    private static final Map<String, Long> ANSWERS = Map.of("granted", 12L, "soldOut", 5_210L);

    private static final TopAddresses WINNERS = new TopAddresses(List.of(new Address("Yk3Q0vZ8m1xW5n2R", 2, 3)), 1);

    /** What was added to the totals later. */
    private record Line(long free, long unreached, long soldOutAt, TopAddresses winners) {
        private static final Line NOT_COUNTED = new Line(0, 488, 0, TopAddresses.NONE);
    }

    /** What is written today must equal these. */
    static List<ApprovedRecord> current() {
        return List.of(
                event(new EpochOpened(
                        eventId(1), TIME, MOVIE, "c0ffee12", "8f1c3d5e7a9b0c2d4e6f8a1b3c5d7e9f0a2b4c6d", 2)),
                event(new StockAdded(
                        eventId(2), TIME, MOVIE, 0, 500, SEAT, new ImportId("9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d"))),
                event(grabbed("5f2b9c")),
                event(new TicketRedeemed(eventId(4), TIME, MOVIE, TICKET, 499, "gate-3")),
                event(new TicketRevoked(eventId(5), TIME, MOVIE, TICKET, 499, "paid twice – 退票 \"äöü\"")),
                new ApprovedRecord(
                        "Activity.v1",
                        Topics.ACTIVITIES,
                        activity(entry()),
                        ActivityCodec::decode,
                        activity -> ActivityCodec.encode((Activity) activity)),
                trail(TrailEntry.Stage.BEGUN, 5, "", 0, ""),
                trail(TrailEntry.Stage.ENDED, 6, "movie-night", 409, "already-redeemed"),
                funnel(
                        "GrabFunnel.v1",
                        new GrabFunnel(MOVIE, "a1", TIME / 1_000, 5_222, ANSWERS, Map.of(3L, 7L, 17L, 5L), ADDRESSES)),
                block(
                        "Block.v1",
                        new Block(
                                Block.Kind.USER,
                                "mallory@example.org",
                                Block.Origin.RULE,
                                "a1",
                                "20 grabs refused within 60 s",
                                TIME,
                                TIME + 300_000)),
                block(
                        "Block.v1.of-an-address",
                        new Block(
                                Block.Kind.ADDRESS,
                                "q3Zk_0-9aBcDeFgH",
                                Block.Origin.OPERATOR,
                                "admin",
                                "one script, many accounts",
                                TIME,
                                TIME + 86_400_000)),
                new ApprovedRecord(
                        "GrabResult.v1",
                        Topics.GRAB_RESULTS,
                        result(),
                        GrabResultCodec::decode,
                        result -> GrabResultCodec.encode((GrabResult) result)),
                stats(
                        "ActivityStats.v1",
                        new Fairness(
                                12, 0, 3, 2, 0, new Distribution(12, 0, 2, 2, 2), new Distribution(12, 0, 4, 4, 4)),
                        new Distribution(12, 5, 17, 21, 21),
                        ADDRESSES,
                        new Line(3, 485, TIME + 5, WINNERS)),
                new ApprovedRecord(
                        "ConservationAlarm.v1",
                        Topics.ALARMS,
                        new ConservationAlarm(MOVIE, 500, 13, 0, 488, 4, 21, TIME),
                        ConservationAlarmCodec::decode,
                        alarm -> ConservationAlarmCodec.encode((ConservationAlarm) alarm)),
                new ApprovedRecord(
                        "SecondStats.v1",
                        Topics.ACTIVITY_STATS_PER_SECOND,
                        new SecondStats(MOVIE, TIME / 1_000, 500, 12, 488, 0, 0, 4, 3, 5_222, ANSWERS),
                        SecondStatsCodec::decode,
                        stats -> SecondStatsCodec.encode((SecondStats) stats)),
                new ApprovedRecord(
                        "SessionEnding.v1",
                        Topics.SESSION_ENDINGS,
                        new SessionEnding(TIME, TIME + 1_020_000),
                        SessionEndingCodec::decode,
                        ending -> SessionEndingCodec.encode((SessionEnding) ending)));
    }

    /** What others may write, or may have written, within the version. */
    static List<ApprovedRecord> readOnly() {
        return List.of(
                event("TicketGrabbed.v1.with-unknown-fields", grabbed("5f2b9c")),
                event("TicketGrabbed.v1.without-address", grabbed("")),
                new ApprovedRecord(
                        "Activity.v1.without-entry",
                        Topics.ACTIVITIES,
                        activity(Entry.OPEN),
                        ActivityCodec::decode,
                        activity -> ActivityCodec.encode((Activity) activity)),
                funnel("GrabFunnel.v1.without-measures", new GrabFunnel(MOVIE, "a1", TIME / 1_000, 5_222, ANSWERS)),
                stats(
                        "ActivityStats.v1.without-conservation",
                        new Fairness(
                                12, 0, 3, 2, 0, new Distribution(12, 0, 2, 2, 2), new Distribution(12, 0, 4, 4, 4)),
                        new Distribution(12, 5, 17, 21, 21),
                        ADDRESSES,
                        Line.NOT_COUNTED),
                stats(
                        "ActivityStats.v1.without-measures",
                        Fairness.NONE,
                        Distribution.NONE,
                        TopAddresses.NONE,
                        Line.NOT_COUNTED));
    }

    byte[] bytes() {
        String path = "/approved/" + file + ".json";
        try (InputStream in = ApprovedRecord.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("There is no approved file " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] encoded() {
        return encoder.encode(record);
    }

    @Override
    public String toString() {
        return file;
    }

    private static ApprovedRecord event(TicketEvent event) {
        return event(event.getClass().getSimpleName() + ".v1", event);
    }

    private static ApprovedRecord event(String file, TicketEvent event) {
        return new ApprovedRecord(
                file,
                Topics.TICKET_EVENTS,
                event,
                TicketEventCodec::decode,
                decoded -> TicketEventCodec.encode((TicketEvent) decoded));
    }

    private static ApprovedRecord block(String file, Block block) {
        return new ApprovedRecord(
                file, Topics.BLOCKS, block, BlockCodec::decode, decoded -> BlockCodec.encode((Block) decoded));
    }

    private static ApprovedRecord funnel(String file, GrabFunnel funnel) {
        return new ApprovedRecord(
                file,
                Topics.GRAB_FUNNEL,
                funnel,
                GrabFunnelCodec::decode,
                decoded -> GrabFunnelCodec.encode((GrabFunnel) decoded));
    }

    private static ApprovedRecord stats(
            String file, Fairness fairness, Distribution waits, TopAddresses addresses, Line line) {
        return new ApprovedRecord(
                file,
                Topics.ACTIVITY_STATS,
                new ActivityStats(
                        MOVIE,
                        500,
                        12,
                        488,
                        line.free,
                        line.unreached,
                        2,
                        1,
                        4,
                        3,
                        5_222,
                        ANSWERS,
                        TIME,
                        TIME + 5,
                        line.soldOutAt,
                        4,
                        21,
                        fairness,
                        waits,
                        addresses,
                        line.winners),
                ActivityStatsCodec::decode,
                stats -> ActivityStatsCodec.encode((ActivityStats) stats));
    }

    private static TicketGrabbed grabbed(String addressHash) {
        return new TicketGrabbed(
                MOVIE, 5_000_000_000L, 499, TICKET, ALICE, new RequestId("r-5d1f"), TIME - 9, TIME, SEAT, addressHash);
    }

    private static ApprovedRecord trail(TrailEntry.Stage stage, int id, String activityId, int status, String outcome) {
        return new ApprovedRecord(
                stage.type() + ".v1",
                Topics.AUDIT,
                new TrailEntry(
                        eventId(id),
                        eventId(7),
                        stage,
                        TIME,
                        "admin",
                        "analyst gate operator",
                        "a1",
                        "POST /admin/tickets/{ticketId}/revoke",
                        activityId,
                        TICKET.toString(),
                        status,
                        outcome,
                        0),
                TrailEntryCodec::decode,
                entry -> TrailEntryCodec.encode((TrailEntry) entry));
    }

    private static Activity activity(Entry entry) {
        return new Activity(
                MOVIE,
                "电影之夜 Movie night",
                "A film under the stars",
                "https://example.org/movie-night.png",
                TIME / 1_000,
                TIME / 1_000 + 3_600,
                2,
                "member",
                List.of(
                        new TicketType(SEAT, "Seat in the stalls", "", "", 1_795_204_800L, 1_795_219_200L),
                        new TicketType(new TicketKind("box"), "Box", "", "", 1_795_204_800L, 1_795_219_200L)),
                ActivityState.PUBLISHED,
                3,
                17,
                entry);
    }

    private static Entry entry() {
        return new Entry(
                Optional.of(new RequiredClaim("department", "sales 销售")),
                "3-9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
                new Gate(60, 16));
    }

    private static GrabResult result() {
        return new GrabResult(
                MOVIE,
                "电影之夜 Movie night",
                499,
                TICKET,
                SEAT,
                "Seat in the stalls",
                "mT4zTq1n0aXy7dQ2Zk9f3w",
                17,
                TIME - 9,
                TIME,
                11,
                "a1",
                "5f2b9c",
                4,
                5_000_000_001L,
                GrabResult.Status.REDEEMED,
                TIME + 99);
    }

    private static UUID eventId(int last) {
        return UUID.fromString("7f0c9d1e-5b3a-4c8f-a6e2-1d4b7c9e0f2" + last);
    }
}
