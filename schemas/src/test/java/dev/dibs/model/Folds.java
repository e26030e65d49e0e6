package dev.dibs.model;

import static dev.dibs.events.SampleEvents.MOVIE;

import dev.dibs.events.SampleEvents;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.Ledgers;
import dev.dibs.ledger.Verdict;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import java.util.Set;

/** Folds the model's logs by the real ledger, each log once. */
final class Folds {
    private static final TicketEvent STOCK = SampleEvents.added(MOVIE, 0, RedisData.STOCK, "i1");
    private static final TicketEvent OPENING = SampleEvents.opened(MOVIE, 1);
    /** The stock stands before the model's log, so that its records lie one further on. */
    private static final int BEFORE = 1;

    private final Long2ObjectOpenHashMap<Fold> known = new Long2ObjectOpenHashMap<>();
    private final TicketGrabbed[] claims = new TicketGrabbed[64];
    private final Set<String> rulesOff;

    Folds(Set<String> rulesOff) {
        this.rulesOff = rulesOff;
    }

    Fold of(long log) {
        Fold fold = known.get(log);
        if (fold == null) {
            fold = fold(log);
            known.put(log, fold);
        }
        return fold;
    }

    private Fold fold(long log) {
        ListAccount account = new ListAccount();
        Ledger ledger = Ledgers.without(account, rulesOff);
        ledger.apply(0, STOCK);
        int length = LogBits.length(log);
        boolean lastGranted = false;
        boolean currentClaimVoid = false;
        for (int offset = 0; offset < length; offset++) {
            int record = LogBits.get(log, offset);
            if (record == LogBits.OPENING) {
                ledger.apply(offset + BEFORE, OPENING);
                lastGranted = false;
                continue;
            }
            TicketGrabbed claim = claim(record);
            Verdict verdict = ledger.apply(offset + BEFORE, claim);
            lastGranted = verdict.isGranted();
            currentClaimVoid |= verdict.isVoid() && claim.epoch() == account.epoch() && !isHeld(account, claim);
        }
        return summary(account, lastGranted, currentClaimVoid);
    }

    private static boolean isHeld(ListAccount account, TicketGrabbed claim) {
        return account.grants().stream()
                .anyMatch(grant ->
                        grant.sequence() == claim.sequence() && grant.userId().equals(claim.userId()));
    }

    private static Fold summary(ListAccount account, boolean lastGranted, boolean currentClaimVoid) {
        int granted = 0;
        int[] holders = new int[RedisData.STOCK];
        int[] epochs = new int[RedisData.STOCK];
        Arrays.fill(holders, -1);
        for (TicketGrabbed grant : account.grants()) {
            int user = Integer.parseInt(grant.userId().value());
            granted |= State.pair(user, grant.sequence());
            if (holders[grant.sequence()] == -1) {
                holders[grant.sequence()] = user;
                epochs[grant.sequence()] = (int) grant.epoch() - BEFORE;
            }
        }
        return new Fold(granted, holders, epochs, lastGranted, currentClaimVoid);
    }

    private TicketGrabbed claim(int record) {
        if (claims[record] == null) {
            int user = LogBits.user(record);
            claims[record] = SampleEvents.grabbed(
                    MOVIE,
                    LogBits.epoch(record) + BEFORE,
                    LogBits.sequence(record),
                    Integer.toString(user),
                    "r" + user);
        }
        return claims[record];
    }
}
