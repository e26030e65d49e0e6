package dev.dibs.processor;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Events of several activities, of which many are valid and many are not: old epochs, taken sequences, copies, greedy
 * users, unknown tickets. Whoever writes them says at which offset an epoch was opened, since that is its name.
 */
public final class RandomEvents {
    /** Some time in 2027; the events spread over a few minutes from here. */
    private static final long START = 1_800_000_000_000L;

    private static final TicketKind KIND = new TicketKind("seat");
    private static final int IMPORT = 20;

    private final Random random;
    private final List<ActivityId> activities;
    private final Map<ActivityId, Past> pasts = new HashMap<>();

    /** What has been written of an activity so far. */
    private static final class Past {
        private final List<Long> epochs = new ArrayList<>();
        private final List<TicketGrabbed> grabs = new ArrayList<>();
        private int stock;
        private int imports;
        private int nextSequence;
    }

    public RandomEvents(long seed, List<ActivityId> activities) {
        this.random = new Random(seed);
        this.activities = List.copyOf(activities);
        activities.forEach(activity -> pasts.put(activity, new Past()));
    }

    public TicketEvent next() {
        ActivityId activity = activities.get(random.nextInt(activities.size()));
        Past past = pasts.get(activity);
        int dice = random.nextInt(100);
        if (past.epochs.isEmpty() || dice < 2) {
            return new EpochOpened(uuid(), time(), activity, "nonce", "fence", 1 + random.nextInt(3));
        } else if (past.stock == 0 || dice < 6) {
            return stock(activity, past);
        } else if (dice < 14 && !past.grabs.isEmpty()) {
            return oneOf(past.grabs);
        } else if (dice < 20 && !past.grabs.isEmpty()) {
            TicketGrabbed grab = oneOf(past.grabs);
            return new TicketRedeemed(uuid(), time(), activity, ticketOf(grab), grab.sequence(), "north");
        } else if (dice < 24 && !past.grabs.isEmpty()) {
            TicketGrabbed grab = oneOf(past.grabs);
            return new TicketRevoked(uuid(), time(), activity, ticketOf(grab), grab.sequence(), "because");
        }
        return grab(activity, past);
    }

    /** To be told of every {@code EpochOpened} after it has been written. */
    public void opened(ActivityId activity, long offset) {
        pasts.get(activity).epochs.add(offset);
    }

    private StockAdded stock(ActivityId activity, Past past) {
        int from = past.stock;
        String importId = "import-" + past.imports;
        int to = from + 1 + random.nextInt(IMPORT);
        int dice = random.nextInt(4);
        if (dice == 0) {
            return stock(activity, from + 1, to + 1, "stray-" + from);
        } else if (dice == 1 && past.imports > 0) {
            return stock(activity, from, to, "import-" + random.nextInt(past.imports));
        }
        past.imports++;
        past.stock = to;
        return stock(activity, from, to, importId);
    }

    private StockAdded stock(ActivityId activity, int from, int to, String importId) {
        return new StockAdded(uuid(), time(), activity, from, to, KIND, new ImportId(importId));
    }

    private TicketGrabbed grab(ActivityId activity, Past past) {
        boolean asItShould = random.nextInt(4) > 0;
        int sequence = asItShould ? past.nextSequence++ % (past.stock + 2) : random.nextInt(past.stock + 2);
        long epoch = asItShould ? past.epochs.get(past.epochs.size() - 1) : oneOf(past.epochs);
        long grabbedAt = time();
        TicketGrabbed grab = new TicketGrabbed(
                activity,
                epoch,
                sequence,
                new TicketId(uuid()),
                // Some come again and again; if nobody else came, the limit would soon void nearly everything.
                new UserId(random.nextBoolean() ? "user-" + random.nextInt(60) : "once-" + past.grabs.size()),
                new RequestId("request-" + random.nextInt(1_000)),
                grabbedAt - 3,
                grabbedAt,
                KIND,
                random.nextBoolean() ? "" : "cafe");
        past.grabs.add(grab);
        return grab;
    }

    private TicketId ticketOf(TicketGrabbed grab) {
        return random.nextInt(5) == 0 ? new TicketId(uuid()) : grab.ticketId();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private long time() {
        return START + random.nextInt(300_000);
    }
}
