package dev.dibs.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.verdict.FactWriter.Judged;
import dev.dibs.ledger.Verdict;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PendingVerdictsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final UUID event = UUID.randomUUID();
    private final PendingVerdicts pending = new PendingVerdicts();

    @Test
    void whoWritesAnEventAgainThatCouldNotBeWrittenWaitsAnew() {
        CompletableFuture<Judged> first = pending.await(event, LONG);
        pending.failed(event, first, new IllegalStateException("no log"));

        CompletableFuture<Judged> again = pending.await(event, LONG);
        pending.judged(event, new Judged(0, 7, Verdict.VALID));

        assertThat(first).isCompletedExceptionally();
        assertThat(again).isCompletedWithValue(new Judged(0, 7, Verdict.VALID));
    }

    @Test
    void aLateFailureTakesNobodyElsesVerdict() {
        CompletableFuture<Judged> first = pending.await(event, LONG);
        pending.failed(event, first, new IllegalStateException("no log"));
        CompletableFuture<Judged> again = pending.await(event, LONG);

        pending.failed(event, first, new IllegalStateException("no log"));

        assertThat(again).isNotDone();
        assertThat(pending.isAwaited(event)).isTrue();
    }

    @Test
    void onlyWhatIsOverIsSweptAway() {
        CompletableFuture<Judged> over = pending.await(event, Duration.ZERO);
        UUID other = UUID.randomUUID();
        CompletableFuture<Judged> waiting = pending.await(other, LONG);

        pending.sweep();

        assertThatThrownBy(over::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(waiting).isNotDone();
        assertThat(pending.size()).isEqualTo(1);
    }
}
