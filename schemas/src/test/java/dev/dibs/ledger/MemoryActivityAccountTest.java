package dev.dibs.ledger;

import static dev.dibs.events.SampleEvents.MOVIE;
import static dev.dibs.events.SampleEvents.SEAT;
import static dev.dibs.events.SampleEvents.added;
import static dev.dibs.events.SampleEvents.grabbed;
import static dev.dibs.events.SampleEvents.opened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryActivityAccountTest {
    private final MemoryActivityAccount account = new MemoryActivityAccount();

    @Test
    void anEmptyAccountAnswersEveryQuestion() {
        assertThat(account.epoch()).isEqualTo(ActivityAccount.NO_EPOCH);
        assertThat(account.limitPerUser()).isZero();
        assertThat(account.stock()).isZero();
        assertThat(account.granted()).isZero();
        assertThat(account.remaining()).isZero();
        assertThat(account.highestUsed()).isEqualTo(-1);
        assertThat(account.ranges()).isEmpty();
        assertThat(account.range(0)).isNull();
        assertThat(account.holding(0)).isNull();
        assertThat(account.held(new UserId("alice"))).isZero();
        assertThat(account.hasImport(new ImportId("i1"))).isFalse();
    }

    @Test
    void everySequenceBelongsToTheRangeOfItsImport() {
        int[] borders = {0, 1, 3, 10, 1_000};
        for (int i = 1; i < borders.length; i++) {
            account.addStock(new StockRange(borders[i - 1], borders[i], SEAT, new ImportId("i" + i)));
        }

        for (int sequence = 0; sequence < 1_000; sequence++) {
            StockRange range = account.range(sequence);
            assertThat(sequence).isGreaterThanOrEqualTo(range.from()).isLessThan(range.to());
        }
        assertThat(account.range(3).importId().value()).isEqualTo("i3");
        assertThat(account.range(1_000)).isNull();
        assertThat(account.range(-1)).isNull();
        assertThat(account.ranges()).hasSize(4);
        assertThat(account.stock()).isEqualTo(1_000);
    }

    @Test
    void aRangeIsFoundByItsImport() {
        account.addStock(new StockRange(0, 3, SEAT, new ImportId("i1")));
        account.addStock(new StockRange(3, 4, SEAT, new ImportId("i2")));

        assertThat(account.range(new ImportId("i2"))).isEqualTo(new StockRange(3, 4, SEAT, new ImportId("i2")));
        assertThat(account.range(new ImportId("i3"))).isNull();
    }

    @Test
    void aTicketIsFoundByItsIdInWhicheverPageItStands() {
        for (int sequence : new int[] {0, 1_023, 1_024, 5_000}) {
            TicketGrabbed grab = grabbed(MOVIE, 0, sequence, "user-" + sequence, "r1");
            account.grant(grab);

            assertThat(account.find(grab.ticketId())).isEqualTo(account.holding(sequence));
        }

        assertThat(account.find(grabbed(MOVIE, 0, 7, "nobody", "r1").ticketId()))
                .isNull();
        // What nobody has ever written is all zeros, and no ticket.
        assertThat(account.find(new TicketId(new UUID(0, 0)))).isNull();
    }

    @Test
    void theHighestUsedSequenceIsKnownInWhateverOrderTheyCome() {
        for (int sequence : new int[] {4, 9, 2}) {
            account.grant(grabbed(MOVIE, 0, sequence, "user-" + sequence, "r1"));
        }

        assertThat(account.highestUsed()).isEqualTo(9);
        assertThat(account.granted()).isEqualTo(3);
    }

    @Test
    void aHostileSequenceAllocatesNothing() {
        MemoryLedgerState state = new MemoryLedgerState();
        Ledger ledger = new Ledger(state);
        ledger.apply(0, opened(MOVIE, 1));
        ledger.apply(1, added(MOVIE, 0, 10, "i1"));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();

        for (int i = 0; i < 1_000; i++) {
            // The same page would be made once only: so each asks for another one.
            ledger.apply(2 + i, grabbed(MOVIE, 0, Integer.MAX_VALUE - i * 2_000, "mallory", "r1"));
        }

        System.gc();
        long grown = runtime.totalMemory() - runtime.freeMemory() - before;
        assertThat(state.account(MOVIE).granted()).isZero();
        // A thousand pages would be 72 MB, the list of pages alone another 8.
        assertThat(grown).isLessThan(4L << 20);
    }

    @Test
    void aMillionWinnersFitInAHundredMegabytes() {
        MemoryLedgerState state = new MemoryLedgerState();
        Ledger ledger = new Ledger(state);
        int winners = 1_000_000;
        ledger.apply(0, opened(MOVIE, 1));
        ledger.apply(1, added(MOVIE, 0, winners, "i1"));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();

        for (int i = 0; i < winners; i++) {
            // Not in order: 7 and a million have no common factor.
            int sequence = (int) (i * 7L % winners);
            Verdict verdict = ledger.apply(2 + i, grabbed(MOVIE, 0, sequence, "user-" + i, "r1"));
            if (verdict != Verdict.VALID) {
                throw new AssertionError("Winner " + i + " got " + verdict);
            }
        }

        System.gc();
        long grown = runtime.totalMemory() - runtime.freeMemory() - before;
        MemoryActivityAccount full = state.account(MOVIE);
        assertThat(full.remaining()).isZero();
        assertThat(full.holdings(Fingerprint.of("user-3")))
                .extracting(Holding::sequence)
                .containsExactly(21);
        assertThat(grown).isLessThan(100L << 20);
    }

    @Test
    void anyThreadMayReadWhileOneFolds() throws InterruptedException {
        AtomicBoolean folding = new AtomicBoolean(true);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                while (folding.get()) {
                    int granted = account.granted();
                    assertThat(account.highestUsed()).isGreaterThanOrEqualTo(granted - 1);
                    assertThat(account.held(Fingerprint.of("user-1"))).isLessThanOrEqualTo(1);
                    account.holding(granted);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();

        for (int i = 0; i < 20_000; i++) {
            account.grant(grabbed(MOVIE, 0, i, "user-" + i, "r1"));
        }
        folding.set(false);
        reader.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void aReleasedActivityIsForgotten() {
        MemoryLedgerState state = new MemoryLedgerState();
        new Ledger(state).apply(0, opened(MOVIE, 1));

        state.release(MOVIE);

        assertThat(state.accountIfPresent(MOVIE)).isNull();
        assertThat(state.account(MOVIE).epoch()).isEqualTo(ActivityAccount.NO_EPOCH);
    }
}
