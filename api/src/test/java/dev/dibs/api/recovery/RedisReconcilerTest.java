package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.activity.Activity;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.claim.AnsweringRedis;
import dev.dibs.api.verdict.MemoryLedgerView;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RedisReconcilerTest {
    /** Before anybody has opened an epoch on the new master, claims end at the fence, and only this would write. */
    @Test
    void aServerThatHasBecomeAReplicaIsLeft() {
        long now = System.currentTimeMillis() / 1_000;
        Activity sale = TestActivities.published("sale", now - 60, now + 600);
        MemoryCatalogue catalogue = new MemoryCatalogue();
        catalogue.save(sale).block();
        MemoryLedgerView ledger = new MemoryLedgerView();
        ledger.open(sale.activityId(), 10, 1);
        AtomicInteger left = new AtomicInteger();
        try (RecoveryThreads threads = new RecoveryThreads(1)) {
            RedisReconciler reconciler = new RedisReconciler(
                    AnsweringRedis.always(List.of("0a1b", "slave")),
                    catalogue,
                    ledger,
                    null,
                    null,
                    "test",
                    Clock.systemUTC(),
                    left::incrementAndGet,
                    threads);

            CompletableFuture<Void> run = reconciler.reconcile(sale.activityId());

            assertThatThrownBy(() -> run.orTimeout(60, TimeUnit.SECONDS).join())
                    .hasMessageContaining("has become a replica");
            assertThat(left).hasValue(1);
        }
    }
}
