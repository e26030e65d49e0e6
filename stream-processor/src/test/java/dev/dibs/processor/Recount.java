package dev.dibs.processor;

import dev.dibs.activity.Activity;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Spread;
import dev.dibs.measures.TopAddresses;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.GrabResult;
import dev.dibs.results.SecondStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the processor must have written in the end, by the ledger in memory and by counting in the plainest way. */
public final class Recount {
    private record Counted(int partition, long offset, long sentAt, TicketEvent event, Verdict verdict) {}

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final List<Counted> log = new ArrayList<>();
    private final List<GrabFunnel> funnel = new ArrayList<>();
    private final Map<ActivityId, Activity> activities =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));

    /** @param sentAt the timestamp of the record */
    public Verdict add(int partition, long offset, long sentAt, TicketEvent event) {
        Verdict verdict = ledger.apply(offset, event);
        log.add(new Counted(partition, offset, sentAt, event, verdict));
        return verdict;
    }

    public void add(GrabFunnel counts) {
        funnel.add(counts);
    }

    public void add(Activity activity) {
        activities.put(activity.activityId(), activity);
    }

    /** All rows in the order of the log. */
    public List<GrabResult> rows() {
        List<GrabResult> rows = new ArrayList<>();
        Map<String, GrabResult> granted = new TreeMap<>();
        for (Counted counted : log) {
            if (counted.verdict != Verdict.VALID) {
                continue;
            }
            if (counted.event instanceof TicketGrabbed grab) {
                GrabResult row = row(grab, counted);
                granted.put(row.key(), row);
                rows.add(row);
            } else if (counted.event instanceof TicketRedeemed redeemed) {
                rows.add(later(granted, redeemed.sequence(), counted, GrabResult.Status.REDEEMED));
            } else if (counted.event instanceof TicketRevoked revoked) {
                rows.add(later(granted, revoked.sequence(), counted, GrabResult.Status.REVOKED));
            }
        }
        return rows;
    }

    /** By key. */
    public Map<String, ActivityStats> totals() {
        Map<String, ActivityStats> totals = new TreeMap<>();
        log.forEach(counted ->
                totals.computeIfAbsent(counted.event.activityId().value(), id -> totals(counted.event.activityId())));
        funnel.forEach(
                counts -> totals.computeIfAbsent(counts.activityId().value(), id -> totals(counts.activityId())));
        return totals;
    }

    /** By key. */
    public Map<String, SecondStats> seconds() {
        Map<String, SecondStats> seconds = new TreeMap<>();
        for (Counted counted : log) {
            // Epochs are counted only where they are void.
            if (isCounted(counted)) {
                put(seconds, counted.event.activityId(), Math.floorDiv(counted.event.occurredAt(), 1_000L));
            }
        }
        funnel.forEach(counts -> put(seconds, counts.activityId(), counts.second()));
        return seconds;
    }

    private void put(Map<String, SecondStats> seconds, ActivityId activity, long second) {
        seconds.computeIfAbsent(activity.value() + ":" + second, key -> second(activity, second));
    }

    private SecondStats second(ActivityId activity, long second) {
        List<Counted> events = log.stream()
                .filter(counted -> counted.event.activityId().equals(activity))
                .filter(counted -> Math.floorDiv(counted.event.occurredAt(), 1_000L) == second)
                .toList();
        List<GrabFunnel> counts = funnel.stream()
                .filter(of -> of.activityId().equals(activity) && of.second() == second)
                .toList();
        return new SecondStats(
                activity,
                second,
                stockAdded(events),
                valid(events, TicketGrabbed.class),
                remainingAfter(activity, second),
                valid(events, TicketRedeemed.class),
                valid(events, TicketRevoked.class),
                events.stream().filter(counted -> counted.verdict.isVoid()).count(),
                events.stream()
                        .filter(counted -> counted.verdict == Verdict.DUPLICATE)
                        .count(),
                counts.stream().mapToLong(GrabFunnel::requests).sum(),
                answers(counts));
    }

    private static long stockAdded(List<Counted> events) {
        return events.stream()
                .filter(counted -> counted.verdict == Verdict.VALID && counted.event instanceof StockAdded)
                .map(counted -> (StockAdded) counted.event)
                .mapToLong(added -> added.to() - added.from())
                .sum();
    }

    private long remainingAfter(ActivityId activity, long second) {
        List<Counted> until = log.stream()
                .filter(counted -> counted.event.activityId().equals(activity))
                .filter(counted -> Math.floorDiv(counted.event.occurredAt(), 1_000L) <= second)
                .toList();
        return Math.max(0, stockAdded(until) - valid(until, TicketGrabbed.class));
    }

    private ActivityStats totals(ActivityId activity) {
        List<Counted> events = log.stream()
                .filter(counted -> counted.event.activityId().equals(activity))
                .toList();
        List<GrabFunnel> counts =
                funnel.stream().filter(of -> of.activityId().equals(activity)).toList();
        List<Long> times = events.stream()
                .filter(counted -> counted.verdict == Verdict.VALID && counted.event instanceof TicketGrabbed)
                .map(counted -> counted.event.occurredAt())
                .sorted()
                .toList();
        List<TicketGrabbed> winners = events.stream()
                .filter(counted -> counted.verdict == Verdict.VALID && counted.event instanceof TicketGrabbed)
                .map(counted -> (TicketGrabbed) counted.event)
                .toList();
        int reached =
                winners.stream().mapToInt(grab -> grab.sequence() + 1).max().orElse(0);
        return new ActivityStats(
                activity,
                state.account(activity).stock(),
                valid(events, TicketGrabbed.class),
                state.account(activity).remaining(),
                reached - winners.size(),
                state.account(activity).stock() - reached,
                valid(events, TicketRedeemed.class),
                valid(events, TicketRevoked.class),
                events.stream().filter(counted -> counted.verdict.isVoid()).count(),
                events.stream()
                        .filter(counted -> counted.verdict == Verdict.DUPLICATE)
                        .count(),
                counts.stream().mapToLong(GrabFunnel::requests).sum(),
                answers(counts),
                times.isEmpty() ? 0 : times.get(0),
                times.isEmpty() ? 0 : times.get(times.size() - 1),
                times.isEmpty() || state.account(activity).remaining() > 0 ? 0 : times.get(times.size() - 1),
                events.isEmpty() ? 0 : events.get(0).partition,
                events.isEmpty() ? -1 : events.get(events.size() - 1).offset,
                PlainFairness.of(winners),
                waits(counts),
                refusedAddresses(counts),
                winnerAddresses(winners));
    }

    private static TopAddresses winnerAddresses(List<TicketGrabbed> winners) {
        Map<String, Long> won = new TreeMap<>();
        winners.stream()
                .filter(grab -> !grab.addressHash().isEmpty())
                .forEach(grab -> won.merge(grab.addressHash(), 1L, Long::sum));
        return exactly(won);
    }

    private static Distribution waits(List<GrabFunnel> counts) {
        Spread waits = new Spread();
        counts.forEach(of -> of.waits().forEach(waits::add));
        return waits.distribution();
    }

    /** Exact, as tests have few addresses. */
    private static TopAddresses refusedAddresses(List<GrabFunnel> counts) {
        Map<String, Long> refusals = new TreeMap<>();
        counts.forEach(of -> of.refusedAddresses()
                .list()
                .forEach(refused -> refusals.merge(refused.addressHash(), refused.atLeast(), Long::sum)));
        return exactly(refusals);
    }

    private static TopAddresses exactly(Map<String, Long> counts) {
        return new TopAddresses(
                counts.entrySet().stream()
                        .map(of -> new TopAddresses.Address(of.getKey(), of.getValue(), of.getValue()))
                        .toList(),
                0);
    }

    private static boolean isCounted(Counted counted) {
        return counted.verdict != Verdict.VALID
                || counted.event instanceof TicketGrabbed
                || counted.event instanceof StockAdded
                || counted.event instanceof TicketRedeemed
                || counted.event instanceof TicketRevoked;
    }

    private static long valid(List<Counted> events, Class<? extends TicketEvent> kind) {
        return events.stream()
                .filter(counted -> counted.verdict == Verdict.VALID && kind.isInstance(counted.event))
                .count();
    }

    private static Map<String, Long> answers(List<GrabFunnel> counts) {
        Map<String, Long> answers = new TreeMap<>();
        counts.forEach(of -> of.answers().forEach((answer, count) -> answers.merge(answer, count, Long::sum)));
        return answers;
    }

    private GrabResult row(TicketGrabbed grab, Counted counted) {
        Activity activity = activities.get(grab.activityId());
        return new GrabResult(
                grab.activityId(),
                activity == null ? "" : activity.name(),
                grab.sequence(),
                grab.ticketId(),
                grab.ticketKind(),
                activity == null ? "" : name(activity, grab.ticketKind()),
                Samples.PSEUDONYMS.of(grab.userId()),
                grab.epoch(),
                grab.requestedAt(),
                grab.grabbedAt(),
                Math.max(0, counted.sentAt - grab.requestedAt()),
                "",
                grab.addressHash(),
                counted.partition,
                counted.offset,
                GrabResult.Status.GRANTED,
                grab.grabbedAt());
    }

    private static String name(Activity activity, TicketKind kind) {
        return activity.ticket(kind).map(ticket -> ticket.name()).orElse("");
    }

    private static GrabResult later(
            Map<String, GrabResult> granted, int sequence, Counted counted, GrabResult.Status status) {
        GrabResult row = granted.get(counted.event.activityId().value() + ":" + sequence);
        return new GrabResult(
                row.activityId(),
                row.activityName(),
                row.sequence(),
                row.ticketId(),
                row.ticketKind(),
                row.ticketName(),
                row.userPseudonym(),
                row.epoch(),
                row.requestedAt(),
                row.grabbedAt(),
                row.waitedMillis(),
                row.instance(),
                row.addressHash(),
                counted.partition,
                counted.offset,
                status,
                counted.event.occurredAt());
    }
}
