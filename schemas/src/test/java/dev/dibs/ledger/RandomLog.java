package dev.dibs.ledger;

import static dev.dibs.events.SampleEvents.added;
import static dev.dibs.events.SampleEvents.grabbed;
import static dev.dibs.events.SampleEvents.opened;
import static dev.dibs.events.SampleEvents.redeemed;
import static dev.dibs.events.SampleEvents.revoked;
import static dev.dibs.events.SampleEvents.ticketId;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Logs in which everything meets everything: a few activities, users, requests, imports and sequences, epochs that are
 * current, past or never were, and copies of earlier records.
 */
final class RandomLog {
    static final List<ActivityId> ACTIVITIES = List.of(new ActivityId("a"), new ActivityId("b"), new ActivityId("c"));
    private static final int MAX_LENGTH = 400;

    private final Random random;
    private final List<TicketEvent> log = new ArrayList<>();
    private final List<TicketGrabbed> grabs = new ArrayList<>();
    private final Map<ActivityId, Integer> openings = new HashMap<>();
    private final Map<ActivityId, Integer> stocks = new HashMap<>();
    private final int users;
    private final int sequences;

    private RandomLog(long seed) {
        random = new Random(seed);
        users = 1 + random.nextInt(12);
        sequences = 1 + random.nextInt(30);
    }

    static List<TicketEvent> of(long seed) {
        RandomLog log = new RandomLog(seed);
        int length = 1 + log.random.nextInt(MAX_LENGTH);
        for (int i = 0; i < length; i++) {
            log.append();
        }
        return log.log;
    }

    private void append() {
        ActivityId activity = ACTIVITIES.get(random.nextInt(ACTIVITIES.size()));
        int kind = random.nextInt(100);
        if (kind < 5) {
            openings.put(activity, log.size());
            log.add(opened(activity, 1 + random.nextInt(3)));
        } else if (kind < 15) {
            addStock(activity);
        } else if (kind < 60 || grabs.isEmpty()) {
            TicketGrabbed grab = grabbed(
                    activity, epoch(activity), sequence(), "u" + random.nextInt(users), "r" + random.nextInt(4));
            grabs.add(grab);
            log.add(grab);
        } else if (kind < 75) {
            log.add(grabs.get(random.nextInt(grabs.size())));
        } else {
            use(grabs.get(random.nextInt(grabs.size())));
        }
    }

    private void addStock(ActivityId activity) {
        int end = stocks.getOrDefault(activity, 0);
        int from = random.nextInt(3) > 0 ? end : random.nextInt(sequences);
        int to = from + 1 + random.nextInt(6);
        stocks.put(activity, Math.max(end, to));
        log.add(added(activity, from, to, "i" + random.nextInt(8)));
    }

    private void use(TicketGrabbed grab) {
        TicketId ticket = oneIn(10) ? ticketId(grab.activityId(), 0, 0, "mallory", "r1") : grab.ticketId();
        int sequence = oneIn(10) ? sequence() : grab.sequence();
        ActivityId activity = oneIn(10) ? ACTIVITIES.get(0) : grab.activityId();
        log.add(random.nextBoolean() ? redeemed(activity, ticket, sequence) : revoked(activity, ticket, sequence));
    }

    /** Mostly the activity's latest opening; else an old one, another activity's, or an offset that opened nothing. */
    private long epoch(ActivityId activity) {
        return oneIn(5) ? random.nextInt(log.size() + 5) : openings.getOrDefault(activity, 0);
    }

    private int sequence() {
        return oneIn(50) ? Integer.MAX_VALUE - random.nextInt(2) : random.nextInt(sequences);
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }
}
