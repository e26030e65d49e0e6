package dev.dibs.audit;

import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import java.util.BitSet;

/** Compares the codes that Redis hands to buyers with those that were imported. */
final class RedisCodes {
    private static final char BEHIND_KIND = '|';

    private final RedisSource redis;
    private final AuditedActivity activity;
    private final Findings findings;
    private final BitSet seen = new BitSet();

    RedisCodes(RedisSource redis, AuditedActivity activity, Findings findings) {
        this.redis = redis;
        this.activity = activity;
        this.findings = findings;
    }

    void read(InventoryKeys keys) {
        redis.scanHash(keys.codes(), this::code);
        // An issued ticket has its code in MongoDB; a claim of one without a code would be refused for ever.
        for (int sequence = 0; sequence < activity.account().stock(); sequence++) {
            if (!seen.get(sequence) && !activity.grants().has(sequence)) {
                report(Check.REDIS, "sequence %d is still to be issued, but has no code in Redis", sequence);
            }
        }
    }

    private void code(String field, String value) {
        int sequence;
        try {
            sequence = Integer.parseInt(field);
        } catch (NumberFormatException e) {
            sequence = -1;
        }
        if (sequence < 0 || sequence >= activity.account().stock()) {
            report(
                    Check.REDIS,
                    "Redis has a code too many: a sequence is expected to be 0 to %d, but is '%s'",
                    activity.account().stock() - 1,
                    field);
            return;
        }
        seen.set(sequence);
        Fingerprint imported = activity.codes().get(sequence);
        if (imported != null && !imported.equals(Fingerprint.of(value.substring(value.indexOf(BEHIND_KIND) + 1)))) {
            report(Check.CODES, "the code of sequence %d in Redis is not the one that was imported", sequence);
        }
    }

    private void report(Check check, String sentence, Object... args) {
        findings.add(check, activity.id(), sentence, args);
    }
}
