package dev.dibs.ledger;

import static dev.dibs.events.SampleEvents.MOVIE;
import static dev.dibs.events.SampleEvents.added;
import static dev.dibs.events.SampleEvents.grabbed;
import static dev.dibs.events.SampleEvents.opened;
import static dev.dibs.events.SampleEvents.redeemed;
import static dev.dibs.events.SampleEvents.revoked;
import static dev.dibs.events.SampleEvents.ticketId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.SampleEvents;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the ledger, by name. */
class LedgerTest {
    private static final ActivityId CONCERT = new ActivityId("concert");

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private long offset;

    @Test
    void acceptsAGrabOfAFreeSequenceInTheCurrentEpoch() {
        long epoch = openWithStock(10, 1);

        assertThat(append(grabbed(MOVIE, epoch, 0, "alice", "r1"))).isEqualTo(Verdict.VALID);

        assertThat(account().granted()).isEqualTo(1);
        assertThat(account().remaining()).isEqualTo(9);
        assertThat(account().holding(0).ticketId()).isEqualTo(ticketId(MOVIE, epoch, 0, "alice", "r1"));
    }

    @Test
    void theOffsetOfTheOpeningIsTheEpoch() {
        offset = 41;

        append(opened(MOVIE, 1));

        assertThat(account().epoch()).isEqualTo(41);
    }

    @Test
    void nothingIsValidBeforeTheFirstEpoch() {
        append(added(MOVIE, 0, 10, "i1"));

        assertThat(append(grabbed(MOVIE, 0, 0, "alice", "r1"))).isEqualTo(Verdict.VOID_EPOCH);
    }

    @Test
    void whatAnOlderEpochStillWritesIsVoid() {
        long old = openWithStock(10, 1);
        append(opened(MOVIE, 1));

        assertThat(append(grabbed(MOVIE, old, 0, "alice", "r1"))).isEqualTo(Verdict.VOID_EPOCH);

        assertThat(account().granted()).isZero();
    }

    @Test
    void anEpochThatIsNotOpenYetIsVoid() {
        long epoch = openWithStock(10, 1);

        assertThat(append(grabbed(MOVIE, epoch + 5, 0, "alice", "r1"))).isEqualTo(Verdict.VOID_EPOCH);
    }

    @Test
    void whatWasValidStaysValidInTheNextEpoch() {
        long old = openWithStock(10, 1);
        append(grabbed(MOVIE, old, 0, "alice", "r1"));

        long next = open(1);

        assertThat(append(grabbed(MOVIE, next, 0, "bob", "r2"))).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);
        assertThat(append(grabbed(MOVIE, next, 1, "alice", "r3"))).isEqualTo(Verdict.VOID_LIMIT_REACHED);
        assertThat(append(grabbed(MOVIE, next, 1, "bob", "r2"))).isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, Integer.MAX_VALUE})
    void noSequenceBeyondTheStockIsValid(int sequence) {
        long epoch = openWithStock(10, 1);

        assertThat(append(grabbed(MOVIE, epoch, sequence, "alice", "r1"))).isEqualTo(Verdict.VOID_BEYOND_STOCK);

        assertThat(append(grabbed(MOVIE, epoch, 9, "alice", "r1"))).isEqualTo(Verdict.VALID);
    }

    @Test
    void stockAddedDuringTheSaleCanBeGrabbedFromThenOn() {
        long epoch = openWithStock(1, 1);
        append(grabbed(MOVIE, epoch, 1, "alice", "r1"));

        append(added(MOVIE, 1, 2, "i2"));

        assertThat(append(grabbed(MOVIE, epoch, 1, "alice", "r1"))).isEqualTo(Verdict.VALID);
    }

    @Test
    void aSequenceIsNeverIssuedTwice() {
        long epoch = openWithStock(10, 1);
        append(grabbed(MOVIE, epoch, 4, "alice", "r1"));

        assertThat(append(grabbed(MOVIE, epoch, 4, "bob", "r2"))).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);

        assertThat(account().held(Fingerprint.of("bob"))).isZero();
    }

    @Test
    void aUserNeverHoldsMoreThanTheLimit() {
        long epoch = openWithStock(10, 2);

        List<Verdict> verdicts = List.of(
                append(grabbed(MOVIE, epoch, 0, "alice", "r1")),
                append(grabbed(MOVIE, epoch, 1, "alice", "r2")),
                append(grabbed(MOVIE, epoch, 2, "alice", "r3")),
                append(grabbed(MOVIE, epoch, 2, "bob", "r4")));

        assertThat(verdicts).containsExactly(Verdict.VALID, Verdict.VALID, Verdict.VOID_LIMIT_REACHED, Verdict.VALID);
    }

    @Test
    void theLimitInForceIsTheOneOfTheCurrentEpoch() {
        long epoch = openWithStock(10, 1);
        append(grabbed(MOVIE, epoch, 0, "alice", "r1"));

        long generous = open(2);
        assertThat(append(grabbed(MOVIE, generous, 1, "alice", "r2"))).isEqualTo(Verdict.VALID);
        long strict = open(1);

        assertThat(append(grabbed(MOVIE, strict, 2, "alice", "r3"))).isEqualTo(Verdict.VOID_LIMIT_REACHED);
        assertThat(account().holdings(Fingerprint.of("alice"))).hasSize(2);
    }

    @Test
    void aCopyOfAValidGrabIsADuplicateAndHarmless() {
        long epoch = openWithStock(10, 1);
        TicketGrabbed grab = grabbed(MOVIE, epoch, 0, "alice", "r1");
        append(grab);

        assertThat(append(grab)).isEqualTo(Verdict.DUPLICATE);

        assertThat(account().granted()).isEqualTo(1);
        assertThat(account().held(Fingerprint.of("alice"))).isEqualTo(1);
    }

    @Test
    void aCopyThatArrivesAfterANewEpochIsStillADuplicate() {
        long old = openWithStock(10, 1);
        TicketGrabbed grab = grabbed(MOVIE, old, 0, "alice", "r1");
        append(grab);
        append(opened(MOVIE, 1));

        assertThat(append(grab)).isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void aCopyOfARedeemedTicketsGrabIsStillADuplicate() {
        long epoch = openWithStock(10, 1);
        TicketGrabbed grab = grabbed(MOVIE, epoch, 0, "alice", "r1");
        append(grab);
        append(redeemed(MOVIE, grab.ticketId(), 0));

        assertThat(append(grab)).isEqualTo(Verdict.DUPLICATE);

        assertThat(account().holding(0).use()).isEqualTo(Holding.Use.REDEEMED);
    }

    @Test
    void aCopyOfAVoidGrabIsVoidAgain() {
        long epoch = openWithStock(10, 1);
        append(grabbed(MOVIE, epoch, 0, "alice", "r1"));
        TicketGrabbed late = grabbed(MOVIE, epoch, 0, "bob", "r2");
        append(late);

        assertThat(append(late)).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);
    }

    @Test
    void anotherRequestOrEpochOfTheSameUserIsNoDuplicate() {
        long old = openWithStock(10, 5);
        append(grabbed(MOVIE, old, 0, "alice", "r1"));

        assertThat(append(grabbed(MOVIE, old, 0, "alice", "r2"))).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);
        long next = open(5);
        assertThat(append(grabbed(MOVIE, next, 0, "alice", "r1"))).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);
    }

    @Test
    void stockMustBeginWhereTheStockEnds() {
        append(added(MOVIE, 0, 10, "i1"));

        assertThat(append(added(MOVIE, 11, 20, "i2"))).isEqualTo(Verdict.VOID_NOT_CONTIGUOUS);
        assertThat(append(added(MOVIE, 9, 20, "i2"))).isEqualTo(Verdict.VOID_NOT_CONTIGUOUS);
        assertThat(append(added(MOVIE, 0, 10, "i2"))).isEqualTo(Verdict.VOID_NOT_CONTIGUOUS);
        assertThat(account().stock()).isEqualTo(10);
    }

    @Test
    void theLoserOfTwoRacingImportsMayTryAgainBehindTheOther() {
        append(added(MOVIE, 0, 10, "i1"));
        append(added(MOVIE, 0, 5, "i2"));

        assertThat(append(added(MOVIE, 10, 15, "i2"))).isEqualTo(Verdict.VALID);

        assertThat(account().stock()).isEqualTo(15);
        assertThat(account().range(12).importId().value()).isEqualTo("i2");
    }

    @Test
    void anImportCountsOnce() {
        append(added(MOVIE, 0, 10, "i1"));

        assertThat(append(added(MOVIE, 0, 10, "i1"))).isEqualTo(Verdict.VOID_IMPORT_REPEATED);
        assertThat(append(added(MOVIE, 10, 20, "i1"))).isEqualTo(Verdict.VOID_IMPORT_REPEATED);
        assertThat(account().stock()).isEqualTo(10);
    }

    @Test
    void ofRedemptionAndRevocationTheFirstWins() {
        long epoch = openWithStock(10, 1);
        TicketId alices = grant(epoch, 0, "alice");
        TicketId bobs = grant(epoch, 1, "bob");

        assertThat(append(redeemed(MOVIE, alices, 0))).isEqualTo(Verdict.VALID);
        assertThat(append(redeemed(MOVIE, alices, 0))).isEqualTo(Verdict.VOID_ALREADY_REDEEMED);
        assertThat(append(revoked(MOVIE, alices, 0))).isEqualTo(Verdict.VOID_ALREADY_REDEEMED);
        assertThat(append(revoked(MOVIE, bobs, 1))).isEqualTo(Verdict.VALID);
        assertThat(append(redeemed(MOVIE, bobs, 1))).isEqualTo(Verdict.VOID_ALREADY_REVOKED);
        assertThat(append(revoked(MOVIE, bobs, 1))).isEqualTo(Verdict.VOID_ALREADY_REVOKED);

        assertThat(account().holding(0).use()).isEqualTo(Holding.Use.REDEEMED);
        assertThat(account().holding(1).use()).isEqualTo(Holding.Use.REVOKED);
    }

    @Test
    void withoutTheRuleATicketIsRedeemedTwice() {
        Ledger careless = new Ledger(state, EnumSet.complementOf(EnumSet.of(Rule.USED_ONCE)));
        long epoch = openWithStock(10, 1);
        TicketId alices = grant(epoch, 0, "alice");

        assertThat(careless.apply(offset++, redeemed(MOVIE, alices, 0))).isEqualTo(Verdict.VALID);
        assertThat(careless.apply(offset++, redeemed(MOVIE, alices, 0))).isEqualTo(Verdict.VALID);
    }

    @Test
    void aTicketThatNobodyHoldsCanBeNeitherRedeemedNorRevoked() {
        long epoch = openWithStock(10, 1);
        TicketId alices = grant(epoch, 0, "alice");
        TicketId forged = ticketId(MOVIE, epoch, 0, "mallory", "r1");

        assertThat(append(redeemed(MOVIE, forged, 0))).isEqualTo(Verdict.VOID_UNKNOWN_TICKET);
        assertThat(append(revoked(MOVIE, forged, 0))).isEqualTo(Verdict.VOID_UNKNOWN_TICKET);
        assertThat(append(redeemed(MOVIE, alices, 1))).isEqualTo(Verdict.VOID_UNKNOWN_TICKET);
        assertThat(append(redeemed(CONCERT, alices, 0))).isEqualTo(Verdict.VOID_UNKNOWN_TICKET);
        assertThat(append(redeemed(MOVIE, alices, Integer.MAX_VALUE))).isEqualTo(Verdict.VOID_UNKNOWN_TICKET);
    }

    @Test
    void aTicketCanBeRedeemedInALaterEpoch() {
        long epoch = openWithStock(10, 1);
        TicketId alices = grant(epoch, 0, "alice");
        append(opened(MOVIE, 1));

        assertThat(append(redeemed(MOVIE, alices, 0))).isEqualTo(Verdict.VALID);
    }

    @Test
    void aRevokedTicketReturnsNeitherToTheStockNorToItsUser() {
        long epoch = openWithStock(10, 1);
        append(revoked(MOVIE, grant(epoch, 0, "alice"), 0));

        assertThat(append(grabbed(MOVIE, epoch, 0, "bob", "r2"))).isEqualTo(Verdict.VOID_SEQUENCE_TAKEN);
        assertThat(append(grabbed(MOVIE, epoch, 1, "alice", "r3"))).isEqualTo(Verdict.VOID_LIMIT_REACHED);
    }

    @Test
    void activitiesDoNotAffectEachOther() {
        long epoch = openWithStock(10, 1);
        grant(epoch, 0, "alice");

        append(opened(CONCERT, 1));
        append(added(CONCERT, 0, 1, "i1"));

        assertThat(append(grabbed(CONCERT, epoch, 0, "alice", "r1"))).isEqualTo(Verdict.VOID_EPOCH);
        assertThat(append(grabbed(CONCERT, offset - 3, 0, "alice", "r1"))).isEqualTo(Verdict.VALID);
        assertThat(append(grabbed(MOVIE, epoch, 1, "bob", "r2"))).isEqualTo(Verdict.VALID);
        assertThat(account().granted()).isEqualTo(2);
        assertThat(account().stock()).isEqualTo(10);
    }

    @Test
    void everyKindOfEventHasAVerdictInAnyOrder() {
        List<TicketEvent> events = SampleEvents.ofEachKind();

        for (int first = 0; first < events.size(); first++) {
            List<TicketEvent> rotated = new ArrayList<>(events.subList(first, events.size()));
            rotated.addAll(events.subList(0, first));
            Ledger fresh = new Ledger(new MemoryLedgerState());
            for (int i = 0; i < rotated.size(); i++) {
                assertThat(fresh.apply(i, rotated.get(i))).isNotNull();
            }
        }
    }

    @Test
    void theSameRecordsGiveTheSameVerdicts() {
        List<TicketEvent> log = new ArrayList<>(SampleEvents.ofEachKind());
        log.addAll(SampleEvents.ofEachKind());

        assertThat(fold(log)).isEqualTo(fold(log));
    }

    @Test
    void onlyWhatIsVoidWasNotGranted() {
        assertThat(Verdict.values()).allSatisfy(verdict -> {
            assertThat(verdict.isVoid()).isEqualTo(verdict.name().startsWith("VOID_"));
            assertThat(verdict.isGranted()).isNotEqualTo(verdict.isVoid());
        });
    }

    private static List<Verdict> fold(List<TicketEvent> log) {
        Ledger fresh = new Ledger(new MemoryLedgerState());
        List<Verdict> verdicts = new ArrayList<>();
        for (TicketEvent event : log) {
            verdicts.add(fresh.apply(verdicts.size(), event));
        }
        return verdicts;
    }

    private Verdict append(TicketEvent event) {
        return ledger.apply(offset++, event);
    }

    private long open(int limitPerUser) {
        append(opened(MOVIE, limitPerUser));
        return offset - 1;
    }

    private long openWithStock(int stock, int limitPerUser) {
        append(added(MOVIE, 0, stock, "i1"));
        return open(limitPerUser);
    }

    private TicketId grant(long epoch, int sequence, String user) {
        TicketGrabbed grab = grabbed(MOVIE, epoch, sequence, user, "r-" + user);
        assertThat(append(grab)).isEqualTo(Verdict.VALID);
        return grab.ticketId();
    }

    private MemoryActivityAccount account() {
        return state.account(MOVIE);
    }
}
