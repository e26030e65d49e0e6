package dev.dibs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TailPositionsTest {
    private final TailPositions positions = new TailPositions();

    @Test
    void waitsUntilTheRecordAtAnOffsetIsFolded() {
        CompletableFuture<Void> fifth = positions.folded(2, 5);

        positions.advance(2, 5);
        assertThat(fifth).isNotDone();
        positions.advance(1, 9);
        assertThat(fifth).isNotDone();

        positions.advance(2, 6);
        assertThat(fifth).isCompleted();
    }

    @Test
    void whatIsFoldedAlreadyNeedsNoWaiting() {
        positions.advance(0, 7);

        assertThat(positions.folded(0, 6)).isCompleted();
        assertThat(positions.folded(0, 7)).isNotDone();
        assertThat(positions.next(0)).isEqualTo(7);
        assertThat(positions.next(3)).isZero();
    }

    @Test
    void nobodyWaitsForATailThatHasEnded() {
        CompletableFuture<Void> before = positions.folded(0, 5);
        positions.advance(0, 3);

        positions.end(new IllegalStateException("the broker is gone"));

        assertThat(before).isCompletedExceptionally();
        assertThat(positions.folded(1, 0)).isCompletedExceptionally();
        assertThat(positions.folded(0, 2)).isCompleted();
    }

    @Test
    void whoHasGivenUpWaitingIsForgotten() {
        CompletableFuture<Void> impatient = positions.folded(0, 5);
        impatient.cancel(false);

        positions.advance(0, 1);
        positions.advance(0, 6);

        assertThat(impatient).isCancelled();
    }
}
