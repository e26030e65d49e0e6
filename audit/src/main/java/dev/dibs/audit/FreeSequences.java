package dev.dibs.audit;

import dev.dibs.inventory.InventoryKeys;
import java.util.BitSet;

/** Reads which sequences Redis would give out again before it moves its cursor. */
final class FreeSequences {
    private final RedisSource redis;
    private final AuditedActivity activity;
    private final Findings findings;

    FreeSequences(RedisSource redis, AuditedActivity activity, Findings findings) {
        this.redis = redis;
        this.activity = activity;
        this.findings = findings;
    }

    /** The sequences below the cursor that are free; each that should not be is reported. */
    BitSet read(InventoryKeys keys, int cursor, BitSet held) {
        BitSet free = new BitSet();
        redis.scanList(keys.free(), text -> {
            activity.counts().redisFree++;
            int sequence = sequence(text, cursor);
            if (sequence < 0) {
                report("a free sequence is expected to be 0 to %d, below the cursor, but is '%s'", cursor - 1, text);
                return;
            }
            if (free.get(sequence)) {
                report("sequence %d is expected to be free once, but is so twice", sequence);
            }
            free.set(sequence);
            Grant grant = activity.grants().get(sequence);
            if (grant != null) {
                report("sequence %d (ticket %s) was validly grabbed, but is free in Redis", sequence, grant.ticketId());
            } else if (held.get(sequence)) {
                report("sequence %d is free in Redis, but held by a user as well", sequence);
            }
        });
        return free;
    }

    private static int sequence(String text, int cursor) {
        try {
            int sequence = Integer.parseInt(text);
            return sequence < cursor ? sequence : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void report(String sentence, Object... args) {
        findings.add(Check.REDIS, activity.id(), sentence, args);
    }
}
