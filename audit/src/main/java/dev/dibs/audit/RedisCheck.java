package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.inventory.InventoryKeys;
import java.util.BitSet;
import java.util.Map;

/** G4: what Redis would give out next fits what the log says is given out. */
final class RedisCheck {
    private final RedisSource redis;
    private final Findings findings;

    RedisCheck(RedisSource redis, Findings findings) {
        this.redis = redis;
        this.findings = findings;
    }

    void run(AuditedActivity activity) {
        InventoryKeys keys = new InventoryKeys(activity.id());
        long waiting = redis.streamSize(keys.outbox());
        if (waiting > 0) {
            report(activity, "the outbox is expected to be empty, but holds %d claims", waiting);
        }
        Map<String, String> state = redis.hash(keys.state());
        if (state.isEmpty()) {
            notOpen(activity);
        } else {
            compare(activity, keys, state);
        }
    }

    private void notOpen(AuditedActivity activity) {
        Activity configuration = activity.configuration();
        boolean ended = configuration != null
                && (configuration.state() == ActivityState.ENDED
                        || configuration.state() != ActivityState.DRAFT
                                && Lifespan.isSaleOver(configuration, System.currentTimeMillis()));
        if (activity.grants().size() > 0 && !ended) {
            report(
                    activity,
                    "%d tickets are granted and the activity has not ended, but Redis holds nothing of it",
                    activity.grants().size());
        }
        activity.counts().notReached =
                activity.account().stock() - activity.grants().size();
        activity.looked(Check.REDIS, ended ? "ended, released from Redis" : "not opened yet");
    }

    private void compare(AuditedActivity activity, InventoryKeys keys, Map<String, String> state) {
        int stock = activity.account().stock();
        expect(activity, state, "stock", stock);
        expect(activity, state, "epoch", activity.account().epoch());
        int cursor = cursor(activity, state, stock);
        BitSet held = new HeldTickets(redis, activity, findings).read(keys);
        BitSet free = new FreeSequences(redis, activity, findings).read(keys, cursor, held);
        new RedisCodes(redis, activity, findings).read(keys);
        compare(activity, cursor, held, free);
        activity.counts().notReached = stock - cursor;
        activity.looked(
                Check.REDIS,
                "%,d issued + %,d free + %,d not yet reached = %,d",
                activity.grants().size(),
                activity.counts().redisFree,
                stock - cursor,
                stock);
    }

    private void compare(AuditedActivity activity, int cursor, BitSet held, BitSet free) {
        Grants grants = activity.grants();
        BitSet lost = (BitSet) grants.sequences().clone();
        lost.andNot(held);
        lost.stream()
                .forEach(sequence -> report(
                        activity,
                        "sequence %d (ticket %s) was validly grabbed, but is missing from its user's tickets in Redis",
                        sequence,
                        grants.get(sequence).ticketId()));
        grants.sequences().stream()
                .filter(sequence -> sequence >= cursor)
                .forEach(sequence -> report(
                        activity,
                        "sequence %d (ticket %s) was validly grabbed, but Redis has its cursor at %d and would give it out again",
                        sequence,
                        grants.get(sequence).ticketId(),
                        cursor));
        for (int sequence = 0; sequence < cursor; sequence++) {
            if (!grants.has(sequence) && !held.get(sequence) && !free.get(sequence)) {
                report(
                        activity,
                        "sequence %d is stranded: it lies below the cursor at %d, and is expected to be issued or free,"
                                + " but is neither",
                        sequence,
                        cursor);
            }
        }
        if (grants.size() != cursor - activity.counts().redisFree) {
            report(
                    activity,
                    "as many valid grabs are expected as the cursor less what is free, %d - %d = %d, but there are %d",
                    cursor,
                    activity.counts().redisFree,
                    cursor - activity.counts().redisFree,
                    grants.size());
        }
    }

    private void expect(AuditedActivity activity, Map<String, String> state, String field, long expected) {
        String found = state.get(field);
        if (!Long.toString(expected).equals(found)) {
            report(activity, "the %s in Redis is expected to be %d, but is %s", field, expected, found);
        }
    }

    private int cursor(AuditedActivity activity, Map<String, String> state, int stock) {
        String found = state.get("cursor");
        try {
            long cursor = Long.parseLong(String.valueOf(found));
            if (cursor >= 0 && cursor <= stock) {
                return (int) cursor;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of range.
        }
        report(activity, "the cursor in Redis is expected to be 0 to %d, but is %s", stock, found);
        return stock;
    }

    private void report(AuditedActivity activity, String sentence, Object... args) {
        findings.add(Check.REDIS, activity.id(), sentence, args);
    }
}
