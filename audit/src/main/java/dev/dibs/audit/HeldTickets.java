package dev.dibs.audit;

import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Fingerprint;
import java.util.BitSet;
import java.util.List;

/** Reads which tickets each user holds according to Redis. */
final class HeldTickets {
    private final RedisSource redis;
    private final AuditedActivity activity;
    private final Findings findings;
    private final BitSet held = new BitSet();

    HeldTickets(RedisSource redis, AuditedActivity activity, Findings findings) {
        this.redis = redis;
        this.activity = activity;
        this.findings = findings;
    }

    /** The sequences below the stock that somebody holds. */
    BitSet read(InventoryKeys keys) {
        long users = redis.hashSize(keys.users());
        if (users != activity.tally().winners()) {
            report(
                    "%d users are expected to hold tickets in Redis, but %d do",
                    activity.tally().winners(), users);
        }
        redis.scanHash(keys.users(), this::user);
        activity.counts().redisIssued = held.cardinality();
        return held;
    }

    private void user(String user, String value) {
        Fingerprint holder;
        List<UserEntry> entries;
        try {
            holder = Fingerprint.parse(user);
            entries = UserEntry.parse(value);
        } catch (IllegalArgumentException e) {
            report("an entry of Redis's users cannot be read: %s", e.getMessage());
            return;
        }
        BitSet own = new BitSet();
        for (UserEntry entry : entries) {
            if (entry.sequence() >= 0 && entry.sequence() < activity.account().stock()) {
                if (own.get(entry.sequence())) {
                    report(
                            "sequence %d (ticket %s) is held twice by the same user in Redis",
                            entry.sequence(), entry.ticketId());
                }
                own.set(entry.sequence());
                held.set(entry.sequence());
            }
            compare(holder, entry);
        }
    }

    private void compare(Fingerprint holder, UserEntry entry) {
        Grant grant = activity.grants().get(entry.sequence());
        if (grant == null) {
            report(
                    "sequence %d (ticket %s) is held by a user in Redis, but the log has no valid grab of it",
                    entry.sequence(), entry.ticketId());
            return;
        }
        // The time of the request is left out: a recovery does not know it.
        Differences differences = new Differences()
                .value("the ticket", grant.ticketId(), entry.ticketId())
                .value("the epoch", grant.epoch(), entry.epoch())
                .value("the request's fingerprint", grant.request(), entry.request())
                .time("grabbedAt", grant.grabbedAt(), entry.grabbedAt());
        if (!grant.user().equals(holder)) {
            differences.value("the user's fingerprint", grant.user(), holder);
        }
        if (differences.any()) {
            report("Redis has sequence %d (ticket %s) wrong: %s", grant.sequence(), grant.ticketId(), differences);
        }
    }

    private void report(String sentence, Object... args) {
        findings.add(Check.REDIS, activity.id(), sentence, args);
    }
}
