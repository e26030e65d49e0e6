package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reconciliation that ends when the test says so, by the test's own clock. */
class RepairTest {
    private static final ActivityId SALE = new ActivityId("sale");
    private static final ActivityId OTHER = new ActivityId("other");

    private final List<CompletableFuture<Void>> runs = new ArrayList<>();
    private final List<Long> replaced = new ArrayList<>();
    private long now;
    private final Reconciler reconciler = id -> begin();
    private final Repair repair = new Repair(
            reconciler,
            (id, epoch) -> {
                replaced.add(epoch);
                return begin();
            },
            () -> now);

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> run = new CompletableFuture<>();
        runs.add(run);
        return run;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void failAfter(Duration time) {
        pass(time);
        runs.get(runs.size() - 1).completeExceptionally(new RecoveryException("MongoDB is away"));
    }

    private void succeed() {
        runs.get(runs.size() - 1).complete(null);
    }

    @Test
    void allWhoAskMeanwhileShareOneRun() {
        CompletableFuture<Void> first = repair.repair(SALE);
        CompletableFuture<Void> second = repair.repair(SALE);

        succeed();

        assertThat(runs).hasSize(1);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void whatFailedIsLeftAloneForAsLongAsItTookAndWhoAsksFailsAtOnce() {
        repair.repair(SALE);
        failAfter(Duration.ofSeconds(3));

        pass(Duration.ofMillis(2_999));
        assertThat(repair.repair(SALE)).isCompletedExceptionally();
        assertThat(runs).as("no thread was taken").hasSize(1);

        pass(Duration.ofMillis(1));
        assertThat(repair.repair(SALE)).isNotDone();
        assertThat(runs).hasSize(2);
    }

    @Test
    void thePauseIsASecondAtLeastAndFiveAtMost() {
        repair.repair(SALE);
        failAfter(Duration.ofMillis(1));
        pass(Duration.ofMillis(999));
        assertThat(repair.repair(SALE)).isDone();
        pass(Duration.ofMillis(1));
        assertThat(repair.repair(SALE)).isNotDone();

        failAfter(Duration.ofSeconds(40));
        pass(Duration.ofMillis(4_999));
        assertThat(repair.repair(SALE)).isDone();
        pass(Duration.ofMillis(1));
        assertThat(repair.repair(SALE)).isNotDone();
    }

    /** As grabs did that asked the reconciler themselves. */
    @Test
    void withoutThePauseEachGrabWouldKeepAThreadForAsLongAsAnAttemptTakes() {
        for (int i = 0; i < 100; i++) {
            reconciler.reconcile(SALE);
            failAfter(Duration.ofMillis(10));
        }
        int withoutIt = runs.size();

        for (int i = 0; i < 100; i++) {
            repair.repair(SALE);
            failAfter(Duration.ofMillis(10));
        }

        assertThat(withoutIt).isEqualTo(100);
        assertThat(runs.size() - withoutIt).as("in the first second").isEqualTo(1);
    }

    @Test
    void oneActivityThatCannotBeHelpedKeepsNobodyElseWaiting() {
        repair.repair(SALE);
        failAfter(Duration.ofSeconds(10));

        assertThat(repair.repair(OTHER)).isNotDone();
    }

    @Test
    void whatSucceededIsDoneAgainForWhoeverAsks() {
        repair.repair(SALE);
        succeed();

        assertThat(repair.repair(SALE)).isNotDone();
    }

    @Test
    void howeverManyFindAnEpochWrongItIsReplacedOnce() {
        CompletableFuture<Void> first = repair.replace(SALE, 7);
        CompletableFuture<Void> meanwhile = repair.replace(SALE, 7);
        succeed();

        assertThat(first).isCompleted();
        assertThat(meanwhile).isCompleted();
        assertThat(repair.replace(SALE, 7)).as("who was told late").isCompleted();
        assertThat(replaced).containsExactly(7L);
    }

    @Test
    void whereTheNextEpochIsWrongAsWellItIsReplacedOnlyAfterAWhile() {
        repair.replace(SALE, 7);
        succeed();

        assertThat(repair.replace(SALE, 9)).isCompletedExceptionally();
        pass(Duration.ofMillis(4_999));
        assertThat(repair.replace(SALE, 9)).isCompletedExceptionally();
        pass(Duration.ofMillis(1));
        assertThat(repair.replace(SALE, 9)).isNotDone();

        assertThat(replaced).containsExactly(7L, 9L);
    }

    @Test
    void whatCouldNotBeReplacedIsTriedAgainOnlyAfterAWhile() {
        repair.replace(SALE, 7);
        failAfter(Duration.ofMillis(1));

        assertThat(repair.replace(SALE, 7)).isCompletedExceptionally();
        pass(Duration.ofSeconds(5));
        assertThat(repair.replace(SALE, 7)).isNotDone();

        assertThat(replaced).containsExactly(7L, 7L);
    }
}
