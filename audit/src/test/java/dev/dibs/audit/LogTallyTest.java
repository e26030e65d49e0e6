package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Verdict;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that is wrong is found out: the tally does not take its verdicts on trust. */
class LogTallyTest {
    private static final ActivityId ACTIVITY = new ActivityId("movie");
    private static final TicketKind KIND = new TicketKind("seat");

    private final Findings findings = new Findings();
    private final LogTally tally = new LogTally(ACTIVITY, findings);

    @BeforeEach
    void openWithThreeCodesAndLimitOne() {
        tally.epoch(10, new EpochOpened(UUID.randomUUID(), 0, ACTIVITY, "nonce", "fence", 1));
        tally.stock(11, stock(0, 3), Verdict.VALID);
    }

    @Test
    void agreesWithVerdictsThatFollowTheRules() {
        tally.grab(12, grab("ann", 0, 10), Verdict.VALID);
        tally.grab(13, grab("ann", 0, 10), Verdict.DUPLICATE);
        tally.grab(14, grab("bob", 0, 10), Verdict.VOID_SEQUENCE_TAKEN);
        tally.grab(15, grab("ann", 1, 10), Verdict.VOID_LIMIT_REACHED);
        tally.grab(16, grab("bob", 3, 10), Verdict.VOID_BEYOND_STOCK);
        tally.grab(17, grab("bob", 1, 9), Verdict.VOID_EPOCH);
        tally.stock(18, stock(7, 9), Verdict.VOID_NOT_CONTIGUOUS);

        assertThat(findings.all()).isEmpty();
        assertThat(tally.valid()).isEqualTo(1);
        assertThat(tally.duplicates()).isEqualTo(1);
        assertThat(tally.refused()).isEqualTo(4);
        assertThat(tally.winners()).isEqualTo(1);
        assertThat(tally.stock()).isEqualTo(3);
    }

    @Test
    void reportsASequenceThatIsValidTwice() {
        tally.grab(12, grab("ann", 0, 10), Verdict.VALID);
        tally.grab(13, grab("bob", 0, 10), Verdict.VALID);

        assertFound(Promise.G1, "is expected to be issued once, but was issued before");
        assertThat(tally.valid()).isEqualTo(2);
        assertThat(tally.sequences()).isEqualTo(1);
    }

    @Test
    void reportsAValidGrabBeyondTheStock() {
        tally.grab(12, grab("ann", 3, 10), Verdict.VALID);

        assertFound(Promise.G1, "is expected below the stock of 3, but is not");
    }

    @Test
    void reportsAValidGrabOfAnOldEpoch() {
        tally.grab(12, grab("ann", 0, 9), Verdict.VALID);

        assertFound(Promise.G1, "is expected of epoch 10, but is of epoch 9");
    }

    @Test
    void reportsAUserAboveTheLimitInForce() {
        tally.grab(12, grab("ann", 0, 10), Verdict.VALID);
        tally.grab(13, grab("ann", 1, 10), Verdict.VALID);

        assertFound(Promise.G2, "is expected to be at most ticket 1 of its user, but is ticket 2");
    }

    @Test
    void goesByTheLimitInForceAtTheTime() {
        tally.epoch(12, new EpochOpened(UUID.randomUUID(), 0, ACTIVITY, "nonce", "fence", 2));
        tally.grab(13, grab("ann", 0, 12), Verdict.VALID);
        tally.grab(14, grab("ann", 1, 12), Verdict.VALID);
        tally.epoch(15, new EpochOpened(UUID.randomUUID(), 0, ACTIVITY, "nonce", "fence", 1));
        tally.grab(16, grab("ann", 2, 15), Verdict.VOID_LIMIT_REACHED);

        assertThat(findings.all()).isEmpty();
        assertThat(tally.highestLimit()).isEqualTo(2);
    }

    @Test
    void reportsAGrabThatIsRefusedWithoutAReason() {
        tally.grab(12, grab("ann", 0, 10), Verdict.VOID_EPOCH);

        assertFound(Promise.G4, "as it breaks no rule, but is VOID_EPOCH");
    }

    @Test
    void reportsACopyOfNothing() {
        tally.grab(12, grab("ann", 0, 10), Verdict.DUPLICATE);

        assertFound(Promise.G1, "counted as a copy, but no valid grab stands before it");
    }

    @Test
    void reportsStockThatOverlaps() {
        tally.stock(12, stock(2, 5), Verdict.VALID);

        assertFound(Promise.G1, "expected to begin at sequence 3, but begins at 2");
    }

    private void assertFound(Promise promise, String words) {
        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.promise()).isEqualTo(promise);
            assertThat(finding.activityId()).isEqualTo("movie");
            assertThat(finding.sentence()).contains(words);
        });
    }

    private static StockAdded stock(int from, int to) {
        return new StockAdded(UUID.randomUUID(), 0, ACTIVITY, from, to, KIND, new ImportId("import" + from));
    }

    private static TicketGrabbed grab(String user, int sequence, long epoch) {
        return new TicketGrabbed(
                ACTIVITY,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId("request"),
                1,
                2,
                KIND,
                "");
    }
}
