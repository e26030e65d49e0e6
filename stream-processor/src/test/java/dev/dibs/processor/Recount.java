package dev.dibs.processor;

import dev.dibs.activity.Activity;
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
import dev.dibs.measures.RefusedAddresses;
import dev.dibs.measures.Spread;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.GrabResult;
import dev.dibs.results.SecondStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the processor must have written in the end, by the ledger in memory and by counting in the plainest way. */
public final class Recount {
    private record Counted(int partition, long offset, TicketEvent event, Verdict verdict) {}

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final List<Counted> log = new ArrayList<>();
    private final List<GrabFunnel> funnel = new ArrayList<>();
    private final Map<ActivityId, Activity> activities =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));

    public Verdict add(int partition, long offset, TicketEvent event) {
        Verdict verdict = ledger.apply(offset, event);
        log.add(new Counted(partition, offset, event, verdict));
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
            // Stock and epochs are counted only where they are void.
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
                valid(events, TicketGrabbed.class),
                valid(events, TicketRedeemed.class),
                valid(events, TicketRevoked.class),
                events.stream().filter(counted -> counted.verdict.isVoid()).count(),
                events.stream()
                        .filter(counted -> counted.verdict == Verdict.DUPLICATE)
                        .count(),
                counts.stream().mapToLong(GrabFunnel::requests).sum(),
                answers(counts));
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
        return new ActivityStats(
                activity,
                state.account(activity).stock(),
                valid(events, TicketGrabbed.class),
                state.account(activity).remaining(),
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
                events.isEmpty() ? 0 : events.get(0).partition,
                events.isEmpty() ? -1 : events.get(events.size() - 1).offset,
                PlainFairness.of(events.stream()
                        .filter(counted -> counted.verdict == Verdict.VALID)
                        .filter(counted -> counted.event instanceof TicketGrabbed)
                        .map(counted -> (TicketGrabbed) counted.event)
                        .toList()),
                waits(counts),
                refusedAddresses(counts));
    }

    private static Distribution waits(List<GrabFunnel> counts) {
        Spread waits = new Spread();
        counts.forEach(of -> of.waits().forEach(waits::add));
        return waits.distribution();
    }

    /** Exact, as tests have few addresses. */
    private static RefusedAddresses refusedAddresses(List<GrabFunnel> counts) {
        Map<String, Long> refusals = new TreeMap<>();
        counts.forEach(of -> of.refusedAddresses()
                .list()
                .forEach(refused -> refusals.merge(refused.addressHash(), refused.atLeast(), Long::sum)));
        return new RefusedAddresses(
                refusals.entrySet().stream()
                        .map(of -> new RefusedAddresses.Refused(of.getKey(), of.getValue(), of.getValue()))
                        .toList(),
                0);
    }

    private static boolean isCounted(Counted counted) {
        return counted.verdict != Verdict.VALID
                || counted.event instanceof TicketGrabbed
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
                grab.userId(),
                grab.epoch(),
                grab.requestedAt(),
                grab.grabbedAt(),
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
                row.userId(),
                row.epoch(),
                row.requestedAt(),
                row.grabbedAt(),
                row.addressHash(),
                counted.partition,
                counted.offset,
                status,
                counted.event.occurredAt());
    }
}
