package dev.dibs.processor;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
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
import dev.dibs.pseudonyms.Pseudonyms;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records for tests. */
public final class Samples {
    public static final ActivityId ACTIVITY = new ActivityId("movie-night");
    public static final TicketKind KIND = new TicketKind("seat");
    /** Epoch milliseconds, at the beginning of a second. */
    public static final long TIME = 1_800_000_000_000L;

    public static final long SECOND = TIME / 1_000;

    public static final String PSEUDONYM_KEY = "only-for-tests-0123456789-0123456789";
    public static final Pseudonyms PSEUDONYMS = new Pseudonyms(PSEUDONYM_KEY);

    private Samples() {}

    public static Activity activity(ActivityId activityId, String name, String ticketName) {
        TicketType ticket = new TicketType(KIND, ticketName, "", "", SECOND, SECOND + 1);
        return new Activity(
                activityId,
                name,
                "",
                "",
                SECOND,
                SECOND + 60,
                1,
                "",
                List.of(ticket),
                ActivityState.PUBLISHED,
                1,
                0,
                Entry.OPEN);
    }

    public static EpochOpened epoch(int limit) {
        return new EpochOpened(UUID.randomUUID(), TIME, ACTIVITY, "nonce", "fence", limit);
    }

    public static StockAdded stock(int from, int to) {
        return new StockAdded(UUID.randomUUID(), TIME, ACTIVITY, from, to, KIND, new ImportId("import-" + from));
    }

    /** A grab at {@link #TIME} plus as many milliseconds as its sequence says. */
    public static TicketGrabbed grab(long epoch, int sequence, String user) {
        long at = TIME + sequence;
        return new TicketGrabbed(
                ACTIVITY,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId("request-of-" + user),
                at - 5,
                at,
                KIND,
                "cafe");
    }

    public static TicketRedeemed redeemed(TicketGrabbed grab, long at) {
        return new TicketRedeemed(UUID.randomUUID(), at, ACTIVITY, grab.ticketId(), grab.sequence(), "north");
    }

    public static TicketRevoked revoked(TicketGrabbed grab, long at) {
        return new TicketRevoked(UUID.randomUUID(), at, ACTIVITY, grab.ticketId(), grab.sequence(), "fraud");
    }

    public static GrabFunnel funnel(String instance, long second, long requests, Map<String, Long> answers) {
        return new GrabFunnel(ACTIVITY, instance, second, requests, answers);
    }
}
