package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Somebody who does not trust what is in Redis, and has it all built anew. */
@Timeout(120)
class RecoverIT {
    private static void join(CompletableFuture<Void> run) {
        run.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void whatHeIsPromisedIsDoneAlsoWhereTheRunBeforeHisHasFailed() {
        try (OpeningWorld world = new OpeningWorld();
                RecoveryThreads threads = new RecoveryThreads(1)) {
            ActivityId id = world.sale();
            String codes = new InventoryKeys(id).codes();
            world.world().reconcile(id);
            join(world.world().bean(Recovery.class).recover(id));
            String code = world.world().redis().hget(codes, "3");
            world.world().redis().hset(codes, "3", "seat|not the code");

            // Given that the threads are busy, somebody's run stands in line, and it will fail
            CompletableFuture<Void> busy = new CompletableFuture<>();
            threads.execute(true, busy::join);
            AtomicBoolean fails = new AtomicBoolean(true);
            RedisReconciler reconciler = world.reconciler(threads, step -> {
                if (step.equals("write") && fails.getAndSet(false)) {
                    throw new RecoveryException("the log is away");
                }
            });
            CompletableFuture<Void> before = reconciler.reconcile(id);
            CompletableFuture<Void> his = reconciler.recover(id);
            busy.complete(null);

            assertThatThrownBy(() -> join(before)).hasRootCauseMessage("the log is away");
            join(his);

            assertThat(world.world().redis().hget(codes, "3")).isEqualTo(code);
        }
    }

    /** A sale that goes on must not end because somebody wanted to be sure of it while its codes cannot be read. */
    @Test
    void withoutACodeNoEpochIsOpenedAndTheSaleGoesOn() {
        try (OpeningWorld world = new OpeningWorld()) {
            ActivityId id = world.world().onSale("recover", 3, 1);
            MemoryActivityAccount account = world.world().account(id);
            long epoch = account.epoch();
            String last = Documents.codeId(id, account.range(2).importId(), 2);
            Mono.from(world.world()
                            .bean(MongoDatabase.class)
                            .getCollection(Documents.TICKET_CODES)
                            .deleteOne(Filters.eq("_id", last)))
                    .block();

            assertThatThrownBy(() -> join(world.world().bean(Recovery.class).recover(id)))
                    .hasMessageContaining("MongoDB lacks 1 codes");

            assertThat(account.epoch()).isEqualTo(epoch);
            assertThat(world.world().grab(id, "buyer", "r")).isInstanceOf(Granted.class);

            // Nor is it tried again behind his back: who comes next is helped without the codes.
            world.world().redis().del(new InventoryKeys(id).state());
            world.world().reconcile(id);
            assertThat(world.differences(id)).isEmpty();
            assertThat(world.world().grab(id, "another", "r")).isInstanceOf(Granted.class);
        }
    }
}
