package dev.dibs.e2e;

import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResult.Status;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The log read once from its beginning, and everything that analysts are told counted from it in the plainest way. */
final class LogRecount {
    private final Set<ActivityId> ids;
    private final Pseudonyms pseudonyms;
    private final Ledger ledger = new Ledger(new MemoryLedgerState());
    private final Map<ActivityId, List<GrabResult>> rows = new HashMap<>();
    private final Map<ActivityId, TreeMap<Integer, String[]>> files = new HashMap<>();
    private final Map<ActivityId, TreeMap<Long, long[]>> seconds = new HashMap<>();
    private final Map<ActivityId, long[]> refused = new HashMap<>();

    /** What the totals of an activity say. */
    record Totals(
            long stock,
            long granted,
            long free,
            long unreached,
            long redeemed,
            long revoked,
            long voided,
            long duplicates,
            long firstGrabbedAt,
            long lastGrabbedAt,
            long soldOutAt) {}

    /** What the counts of a second say of the log. */
    record Second(long stockAdded, long granted, long remaining, long redeemed, long revoked) {
        boolean isEmpty() {
            return stockAdded == 0 && granted == 0 && redeemed == 0 && revoked == 0;
        }
    }

    private LogRecount(Set<ActivityId> ids, Pseudonyms pseudonyms) {
        this.ids = ids;
        this.pseudonyms = pseudonyms;
    }

    static LogRecount of(Set<ActivityId> ids, Pseudonyms pseudonyms) {
        LogRecount recount = new LogRecount(ids, pseudonyms);
        TopicReader.read(Topics.TICKET_EVENTS, recount::add);
        return recount;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        TicketEvent event;
        try {
            event = TicketEventCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            return;
        }
        Verdict verdict = ledger.apply(record.offset(), event);
        ActivityId id = event.activityId();
        if (!ids.contains(id)) {
            return;
        }
        if (verdict != Verdict.VALID) {
            refused.computeIfAbsent(id, i -> new long[2])[verdict == Verdict.DUPLICATE ? 1 : 0]++;
        } else if (event instanceof StockAdded added) {
            count(event, 0, added.to() - added.from());
        } else if (event instanceof TicketGrabbed grab) {
            count(event, 1, 1);
            rows.computeIfAbsent(id, i -> new ArrayList<>()).add(row(grab, record));
            files.computeIfAbsent(id, i -> new TreeMap<>()).put(grab.sequence(), new String[] {
                Integer.toString(grab.sequence()),
                grab.ticketId().toString(),
                grab.userId().value(),
                "-",
                "-"
            });
        } else if (event instanceof TicketRedeemed redeemed) {
            count(event, 2, 1);
            files.get(id).get(redeemed.sequence())[3] = "redeemed";
            rows.get(id).add(later(redeemed, redeemed.sequence(), record, Status.REDEEMED));
        } else if (event instanceof TicketRevoked revoked) {
            count(event, 3, 1);
            files.get(id).get(revoked.sequence())[4] = "revoked";
            rows.get(id).add(later(revoked, revoked.sequence(), record, Status.REVOKED));
        }
    }

    private void count(TicketEvent event, int what, long howMany) {
        seconds.computeIfAbsent(event.activityId(), id -> new TreeMap<>())
                .computeIfAbsent(Math.floorDiv(event.occurredAt(), 1_000L), second -> new long[4])[what] += howMany;
    }

    private GrabResult row(TicketGrabbed grab, ConsumerRecord<byte[], byte[]> record) {
        String source = new String(record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8);
        return new GrabResult(
                grab.activityId(),
                "A journey",
                grab.sequence(),
                grab.ticketId(),
                grab.ticketKind(),
                "Standard",
                pseudonyms.of(grab.userId()),
                grab.epoch(),
                grab.requestedAt(),
                grab.grabbedAt(),
                Math.max(0, record.timestamp() - grab.requestedAt()),
                source.substring(source.lastIndexOf('/') + 1),
                grab.addressHash(),
                record.partition(),
                record.offset(),
                Status.GRANTED,
                grab.grabbedAt());
    }

    private GrabResult later(TicketEvent event, int sequence, ConsumerRecord<byte[], byte[]> record, Status status) {
        GrabResult granted = rows.get(event.activityId()).stream()
                .filter(row -> row.sequence() == sequence)
                .findFirst()
                .orElseThrow();
        return new GrabResult(
                granted.activityId(),
                granted.activityName(),
                sequence,
                granted.ticketId(),
                granted.ticketKind(),
                granted.ticketName(),
                granted.userPseudonym(),
                granted.epoch(),
                granted.requestedAt(),
                granted.grabbedAt(),
                granted.waitedMillis(),
                granted.instance(),
                granted.addressHash(),
                record.partition(),
                record.offset(),
                status,
                event.occurredAt());
    }

    long grabs() {
        return files.values().stream().mapToLong(Map::size).sum();
    }

    long redeemed() {
        return sum(2);
    }

    long revoked() {
        return sum(3);
    }

    private long sum(int what) {
        return seconds.values().stream()
                .flatMap(of -> of.values().stream())
                .mapToLong(counts -> counts[what])
                .sum();
    }

    private long sum(ActivityId id, int what) {
        return seconds.get(id).values().stream()
                .mapToLong(counts -> counts[what])
                .sum();
    }

    Map<ActivityId, List<GrabResult>> rows() {
        return rows;
    }

    /** Of each ticket by sequence: sequence, id, user, whether redeemed, whether revoked. */
    List<String> file(ActivityId id) {
        return files.get(id).values().stream().map(row -> String.join(" ", row)).toList();
    }

    Totals totals(ActivityId id) {
        long stock = sum(id, 0);
        long granted = sum(id, 1);
        long reached = files.get(id).lastKey() + 1L;
        List<Long> times = rows.get(id).stream()
                .filter(row -> row.status() == Status.GRANTED)
                .map(GrabResult::grabbedAt)
                .sorted()
                .toList();
        long last = times.get(times.size() - 1);
        long[] others = refused.getOrDefault(id, new long[2]);
        return new Totals(
                stock,
                granted,
                reached - files.get(id).size(),
                stock - reached,
                sum(id, 2),
                sum(id, 3),
                others[0],
                others[1],
                times.get(0),
                last,
                stock == granted ? last : 0);
    }

    Map<ActivityId, Map<Long, Second>> seconds() {
        Map<ActivityId, Map<Long, Second>> all = new HashMap<>();
        seconds.forEach((id, counted) -> {
            long remaining = 0;
            Map<Long, Second> of = new TreeMap<>();
            for (Map.Entry<Long, long[]> second : counted.entrySet()) {
                long[] counts = second.getValue();
                remaining += counts[0] - counts[1];
                of.put(second.getKey(), new Second(counts[0], counts[1], Math.max(0, remaining), counts[2], counts[3]));
            }
            all.put(id, of);
        });
        return all;
    }
}
