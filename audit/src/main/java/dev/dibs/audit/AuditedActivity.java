package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.topics.Topics;
import java.util.EnumMap;
import java.util.Map;

/** One activity under audit: the fold of its log, and what each check has counted of it so far. */
final class AuditedActivity {
    private static final int UNKNOWN = -1;

    private final ActivityId id;
    private final MemoryActivityAccount account;
    private final Grants grants;
    private final LogTally tally;
    private final Findings findings;
    private final Map<Check, String> details = new EnumMap<>(Check.class);
    private final Counts counts = new Counts();
    private final StockCodes codes = new StockCodes();
    private final LogSeconds seconds = new LogSeconds();
    private final KnownNames names = new KnownNames();
    private Activity configuration;
    private int partition = UNKNOWN;
    private long lastOffset = UNKNOWN;
    private long redeemed;
    private long revoked;
    private long otherRefused;

    /** What the checks count; filled in by each of them. */
    static final class Counts {
        long distinctCodes;
        long redisIssued;
        long redisFree;
        long notReached;
        long mongoTickets;
        long resultRows;
        long statsGranted;
        long csvRows;
    }

    /** @param pseudonyms null where buyers in the rows of the results are not compared */
    AuditedActivity(ActivityId id, MemoryActivityAccount account, Pseudonyms pseudonyms, Findings findings) {
        this.id = id;
        this.account = account;
        this.findings = findings;
        this.grants = new Grants(account, pseudonyms);
        this.tally = new LogTally(id, findings);
    }

    /** @param partitions of the log */
    void fold(int partitions, int foundPartition, long offset, TicketEvent event, Verdict verdict) {
        if (partition == UNKNOWN) {
            partition = Topics.partition(id, partitions);
        }
        checkPartition(foundPartition, offset);
        lastOffset = offset;
        seconds.add(event, verdict);
        if (event instanceof TicketGrabbed grab) {
            tally.grab(offset, grab, verdict);
            if (verdict == Verdict.VALID) {
                grants.add(foundPartition, offset, grab);
            }
        } else if (event instanceof EpochOpened opened) {
            tally.epoch(offset, opened);
        } else if (event instanceof StockAdded added) {
            tally.stock(offset, added, verdict);
            otherRefused += verdict.isVoid() ? 1 : 0;
        } else if (verdict.isVoid()) {
            otherRefused++;
        } else if (event instanceof TicketRedeemed used) {
            redeemed++;
            grants.used(used.sequence(), used.occurredAt(), offset);
        } else if (event instanceof TicketRevoked used) {
            revoked++;
            grants.used(used.sequence(), used.occurredAt(), offset);
        }
    }

    /** The order of an activity's facts is that of its one partition: in two there would be none. */
    private void checkPartition(int found, long offset) {
        if (partition != found) {
            findings.add(
                    Check.CODES,
                    id,
                    "all of the log is expected in partition %d, but there is a record in partition %d at offset %d",
                    partition,
                    found,
                    offset);
        }
    }

    /** Of two records of one version the first wins, as everywhere. */
    void configure(Activity found) {
        names.add(found);
        if (configuration == null || found.version() > configuration.version()) {
            configuration = found;
        }
    }

    ActivityId id() {
        return id;
    }

    MemoryActivityAccount account() {
        return account;
    }

    Grants grants() {
        return grants;
    }

    LogTally tally() {
        return tally;
    }

    LogSeconds seconds() {
        return seconds;
    }

    StockCodes codes() {
        return codes;
    }

    Counts counts() {
        return counts;
    }

    /** The latest configuration, or null where none was found. */
    Activity configuration() {
        return configuration;
    }

    KnownNames names() {
        return names;
    }

    /** Partition of the log that holds this activity, or -1 where the log holds nothing of it. */
    int partition() {
        return partition;
    }

    /** Offset of the activity's last record, or -1 where the log holds nothing of it. */
    long lastOffset() {
        return lastOffset;
    }

    boolean isInLog() {
        return lastOffset != UNKNOWN;
    }

    long redeemed() {
        return redeemed;
    }

    long revoked() {
        return revoked;
    }

    /** Records other than grabs that the ledger refused. */
    long otherRefused() {
        return otherRefused;
    }

    /** Notes in a few words what a check looked at, for the report. */
    void looked(Check check, String detail, Object... args) {
        details.put(check, String.format(java.util.Locale.ROOT, detail, args));
    }

    /** What a check looked at, or null if it did not look at this activity. */
    String looked(Check check) {
        return details.get(check);
    }

    Figures figures(long violations) {
        return new Figures(
                account.stock(),
                tally.valid(),
                tally.refused(),
                tally.duplicates(),
                tally.sequences(),
                counts.distinctCodes,
                tally.winners(),
                counts.redisIssued,
                counts.redisFree,
                counts.notReached,
                counts.mongoTickets,
                counts.resultRows,
                counts.statsGranted,
                counts.csvRows,
                violations);
    }
}
