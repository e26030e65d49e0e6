package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Events for tests. The same arguments make the same event. */
public final class SampleEvents {
    public static final ActivityId MOVIE = new ActivityId("movie-night");
    public static final TicketKind SEAT = new TicketKind("seat");
    private static final long NOON = 1_795_176_000_000L;

    private SampleEvents() {}

    public static EpochOpened opened(ActivityId activity, int limitPerUser) {
        return new EpochOpened(uuid("opened"), NOON, activity, "nonce-1", "replid-1", limitPerUser);
    }

    public static StockAdded added(ActivityId activity, int from, int to, String importId) {
        return new StockAdded(uuid("added" + importId + from), NOON, activity, from, to, SEAT, new ImportId(importId));
    }

    /** The ticket's id follows from the claim, as it does for copies of one claim. */
    public static TicketGrabbed grabbed(ActivityId activity, long epoch, int sequence, String user, String request) {
        return new TicketGrabbed(
                activity,
                epoch,
                sequence,
                ticketId(activity, epoch, sequence, user, request),
                new UserId(user),
                new RequestId(request),
                NOON,
                NOON + 7,
                SEAT,
                "5f2b");
    }

    public static TicketId ticketId(ActivityId activity, long epoch, int sequence, String user, String request) {
        return new TicketId(uuid(activity + "/" + epoch + "/" + sequence + "/" + user + "/" + request));
    }

    public static TicketRedeemed redeemed(ActivityId activity, TicketId ticketId, int sequence) {
        return new TicketRedeemed(uuid("redeemed" + ticketId), NOON + 99, activity, ticketId, sequence, "gate-3");
    }

    public static TicketRevoked revoked(ActivityId activity, TicketId ticketId, int sequence) {
        return new TicketRevoked(uuid("revoked" + ticketId), NOON + 99, activity, ticketId, sequence, "paid twice");
    }

    /** One of each kind. */
    public static List<TicketEvent> ofEachKind() {
        TicketGrabbed grab = grabbed(MOVIE, 0, 3, "alice", "r1");
        return List.of(
                opened(MOVIE, 1),
                added(MOVIE, 0, 10, "i1"),
                grab,
                redeemed(MOVIE, grab.ticketId(), 3),
                revoked(MOVIE, grab.ticketId(), 3));
    }

    private static UUID uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    }
}
