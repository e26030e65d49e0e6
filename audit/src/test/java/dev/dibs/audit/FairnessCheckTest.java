package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FairnessCheckTest {
    private static final ActivityId ACTIVITY = new ActivityId("movie");
    private static final TicketKind KIND = new TicketKind("seat");
    private static final long NOW = 1_700_000_000_000L;

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final Findings findings = new Findings();
    private final AuditedActivity activity = new AuditedActivity(ACTIVITY, state.account(ACTIVITY), null, findings);
    private long offset;
    private long epoch;

    /** Sequence 1 is given out again in a later epoch: that overtakes nobody; who gets 3 arrived before who got 2. */
    @BeforeEach
    void fourWinnersOfWhomOneWasOvertaken() {
        fold(new StockAdded(UUID.randomUUID(), NOW, ACTIVITY, 0, 10, KIND, new ImportId("i")));
        open();
        grab(0, NOW);
        grab(2, NOW + 20);
        grab(3, NOW + 10);
        open();
        grab(1, NOW + 500);
        // A copy and a grab of the epoch before are no winners.
        epoch--;
        grab(4, NOW);
    }

    @Test
    void whatWasMeasuredRightIsRight() {
        check(fairness(4, 0, 1));

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void tooManyAndTooFewAreReported() {
        check(fairness(4, 0, 0));
        check(fairness(4, 0, 2));

        assertThat(findings.all())
                .extracting(Finding::sentence)
                .containsExactly(
                        "overtaken is expected to be 1 in the order, but is 0",
                        "overtaken is expected to be 1 in the order, but is 2");
    }

    @Test
    void whereNotAllWereMeasuredTooFewAreRightButNotTooMany() {
        check(fairness(3, 1, 0));
        check(Fairness.NONE);
        assertThat(findings.all()).isEmpty();

        check(fairness(3, 0, 2));
        assertThat(findings.all()).hasSize(1);
    }

    @Test
    void nobodyIsMeasuredWhoIsNotThere() {
        check(fairness(4, 1, 1));

        assertThat(findings.all())
                .extracting(Finding::sentence)
                .containsExactly("5 winners are in the order, but there are 4");
    }

    private void check(Fairness found) {
        new FairnessCheck(activity, found, findings).run();
    }

    private static Fairness fairness(long measured, long unplaced, long overtaken) {
        return new Fairness(measured, unplaced, overtaken, overtaken, 0, Distribution.NONE, Distribution.NONE);
    }

    private void open() {
        epoch = offset;
        fold(new EpochOpened(UUID.randomUUID(), NOW, ACTIVITY, "n", "f", 1));
    }

    private void grab(int sequence, long requestedAt) {
        fold(new TicketGrabbed(
                ACTIVITY,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId("user-" + sequence),
                new RequestId("request"),
                requestedAt,
                NOW + 1_000,
                KIND,
                ""));
    }

    private void fold(TicketEvent event) {
        activity.fold(1, 0, offset, event, ledger.apply(offset, event));
        offset++;
    }
}
