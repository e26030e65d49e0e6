package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.LogPosition;
import dev.dibs.testkit.TestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The log of one activity, written step by step; each step says itself what it is expected to come to, so that what is
 * derived from it does not rest on the ledger.
 */
final class Sale {
    static final long START = 1_700_000_000_000L;
    /** Epoch seconds; of a sale that is over Redis would hold nothing. */
    private static final long FAR_AWAY = 30_000_000_000L;
    /** Between two events, in milliseconds. */
    static final long TICK = 350;

    static final TicketKind KIND = new TicketKind("seat");

    final ActivityId id;
    final List<Won> won = new ArrayList<>();
    final List<String> codes = new ArrayList<>();
    final List<ImportId> imports = new ArrayList<>();
    final List<Integer> importStarts = new ArrayList<>();
    final Activity configuration;
    /** By second: granted, redeemed, revoked, voided, duplicates, stock added. */
    final java.util.SortedMap<Long, long[]> seconds = new java.util.TreeMap<>();

    int limit;
    long epoch;
    int voidGrabs;
    int duplicates;
    int voidOthers;
    LogPosition last;
    private long now = START;

    Sale(ActivityId id, int limit, ActivityState state) {
        this.id = id;
        this.limit = limit;
        this.configuration = new Activity(
                id,
                "Night at the movies",
                "",
                "",
                START / 1_000,
                FAR_AWAY,
                limit,
                "",
                List.of(new TicketType(KIND, "Any seat", "", "", START / 1_000, FAR_AWAY)),
                state,
                1,
                0,
                Entry.OPEN);
        TestLog.append(configuration);
    }

    void open() {
        epoch = append(new EpochOpened(UUID.randomUUID(), tick(), id, "nonce", "fence", limit))
                .offset();
    }

    void addStock(int count) {
        ImportId importId = new ImportId("import" + imports.size());
        int from = codes.size();
        imports.add(importId);
        importStarts.add(from);
        for (int i = 0; i < count; i++) {
            codes.add("=SECRET-" + id + "-" + (from + i));
        }
        StockAdded added = new StockAdded(UUID.randomUUID(), tick(), id, from, from + count, KIND, importId);
        append(added);
        for (int i = 0; i < count; i++) {
            count(added, 5);
        }
    }

    TicketGrabbed grab(String user, int sequence) {
        long at = tick();
        return new TicketGrabbed(
                id,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId("request-" + user + "-" + sequence),
                at - 5,
                at,
                KIND,
                "hash-of-" + user);
    }

    Won wins(String user, int sequence) {
        TicketGrabbed grab = grab(user, sequence);
        Won ticket = new Won(grab, append(grab), codes.get(sequence));
        won.add(ticket);
        count(grab, 0);
        return ticket;
    }

    void repeats(Won ticket) {
        append(ticket.grab);
        duplicates++;
        count(ticket.grab, 4);
    }

    void isRefused(TicketGrabbed grab) {
        append(grab);
        voidGrabs++;
        count(grab, 3);
    }

    void redeem(Won ticket) {
        TicketRedeemed event =
                new TicketRedeemed(UUID.randomUUID(), tick(), id, ticket.grab.ticketId(), ticket.sequence(), "north");
        ticket.usedPosition = append(event);
        ticket.redeemedAt = event.occurredAt();
        count(event, 1);
    }

    void revoke(Won ticket) {
        TicketRevoked event =
                new TicketRevoked(UUID.randomUUID(), tick(), id, ticket.grab.ticketId(), ticket.sequence(), "resold");
        ticket.usedPosition = append(event);
        ticket.revokedAt = event.occurredAt();
        count(event, 2);
    }

    void redeemIsRefused(TicketGrabbed grab) {
        TicketRedeemed event =
                new TicketRedeemed(UUID.randomUUID(), tick(), id, grab.ticketId(), grab.sequence(), "south");
        append(event);
        voidOthers++;
        count(event, 3);
    }

    int cursor() {
        return won.stream().mapToInt(Won::sequence).max().orElse(-1) + 1;
    }

    Won ticket(int sequence) {
        return won.stream().filter(w -> w.sequence() == sequence).findFirst().orElseThrow();
    }

    long sum(int column) {
        return seconds.values().stream().mapToLong(counts -> counts[column]).sum();
    }

    /** By second, what remains at its end. */
    java.util.SortedMap<Long, Long> remaining() {
        java.util.SortedMap<Long, Long> remaining = new java.util.TreeMap<>();
        long now = 0;
        for (var second : seconds.entrySet()) {
            now += second.getValue()[5] - second.getValue()[0];
            remaining.put(second.getKey(), now);
        }
        return remaining;
    }

    /** Counts it in its second; the columns are those of {@link #seconds}. */
    void count(TicketEvent event, int column) {
        seconds.computeIfAbsent(event.occurredAt() / 1_000, second -> new long[6])[column]++;
    }

    private LogPosition append(TicketEvent event) {
        last = TestLog.append(event);
        return last;
    }

    private long tick() {
        return now += TICK;
    }
}
