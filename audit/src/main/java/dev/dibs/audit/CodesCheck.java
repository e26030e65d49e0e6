package dev.dibs.audit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Code;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.StockRange;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * G1 for what a buyer holds in hand: each sequence has a code, and no two sequences have the same. Codes are unique
 * over all activities, so this is checked over all of the stock at once, issued or not: a code that stands in the stock
 * twice will be issued twice.
 */
final class CodesCheck {
    private static final long NOBODY = -1;

    private final MongoSource mongo;
    private final AuditSources sources;
    private final AuditedActivities activities;
    private final Findings findings;
    /** By half a fingerprint: number of the activity in the upper 32 bits, sequence in the lower ones. */
    private final Long2LongOpenHashMap owners = new Long2LongOpenHashMap();

    private final List<AuditedActivity> numbered = new ArrayList<>();
    private final Map<String, Stock> stocks = new HashMap<>();

    private record Stock(int number, AuditedActivity activity, Map<String, StockRange> imports) {}

    CodesCheck(MongoSource mongo, AuditSources sources, AuditedActivities activities, Findings findings) {
        this.mongo = mongo;
        this.sources = sources;
        this.activities = activities;
        this.findings = findings;
        owners.defaultReturnValue(NOBODY);
    }

    void run(Bson filter) {
        for (AuditedActivity activity : activities.all()) {
            Map<String, StockRange> imports = new HashMap<>();
            for (StockRange range : activity.account().ranges()) {
                imports.put(range.importId().value(), range);
            }
            stocks.put(activity.id().value(), new Stock(numbered.size(), activity, imports));
            numbered.add(activity);
        }
        mongo.scan(Documents.TICKET_CODES, filter, Projections.include(Code.ACTIVITY_ID, Code.CODE), this::code);
        activities.all().forEach(this::finish);
    }

    private void code(Document row) {
        String id = String.valueOf(row.get("_id"));
        String[] parts = id.split(":");
        // Rows of imports that never became stock are none of the audit's business.
        if (parts.length != 3 || !(row.get(Code.CODE) instanceof String stored)) {
            return;
        }
        Stock stock = stocks.get(parts[0]);
        StockRange range = stock == null ? null : stock.imports.get(parts[1]);
        int sequence = range == null ? -1 : sequence(range, parts[2]);
        if (sequence >= 0) {
            String code = String.valueOf(sources.code(stock.activity.id(), stored));
            put(stock.activity, stock.number, sequence, Fingerprint.of(code));
        }
    }

    private static int sequence(StockRange range, String row) {
        try {
            long sequence = (long) range.from() + Integer.parseUnsignedInt(row);
            return sequence < range.to() ? (int) sequence : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void put(AuditedActivity activity, int number, int sequence, Fingerprint code) {
        activity.codes().put(sequence, code);
        long owner = owners.putIfAbsent(code.low(), ((long) number << Integer.SIZE) | sequence);
        if (owner == NOBODY) {
            return;
        }
        AuditedActivity other = numbered.get((int) (owner >>> Integer.SIZE));
        int otherSequence = (int) owner;
        if (code.equals(other.codes().get(otherSequence))) {
            findings.add(
                    Check.CODES,
                    activity.id(),
                    "sequence %d%s is expected to have a code of its own, but has that of sequence %d%s%s",
                    sequence,
                    ticket(activity, sequence),
                    otherSequence,
                    other == activity ? "" : " of activity " + other.id(),
                    ticket(other, otherSequence));
        }
    }

    private static String ticket(AuditedActivity activity, int sequence) {
        Grant grant = activity.grants().get(sequence);
        return grant == null ? " (not issued)" : " (ticket " + grant.ticketId() + ")";
    }

    private void finish(AuditedActivity activity) {
        int stock = activity.account().stock();
        for (int sequence = 0; sequence < stock; sequence++) {
            if (!activity.codes().has(sequence)) {
                StockRange range = activity.account().range(sequence);
                findings.add(
                        activity.grants().has(sequence) ? Check.CODES : Check.REDIS,
                        activity.id(),
                        "sequence %d%s has no code: row %d of import %s is expected in %s, but is missing",
                        sequence,
                        ticket(activity, sequence),
                        sequence - range.from(),
                        range.importId(),
                        Documents.TICKET_CODES);
            }
        }
        activity.counts().distinctCodes =
                activity.codes().distinct(activity.grants().sequences());
        activity.looked(
                Check.CODES,
                "%,d grabs, %,d sequences, %,d codes",
                activity.tally().valid(),
                activity.tally().sequences(),
                activity.counts().distinctCodes);
    }

    /** Rows of the audited activities only. */
    static Bson filter(AuditSources sources) {
        return sources.activities().isEmpty()
                ? new Document()
                : Filters.in(
                        Code.ACTIVITY_ID,
                        sources.activities().stream().map(id -> id.value()).toList());
    }
}
