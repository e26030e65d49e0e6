package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of several instances that find the same activity's keys lost, one opens an epoch, and the others need not. */
@Timeout(300)
class LeaseIT {
    private static final int THREADS = 2;
    private static final long PATIENCE_SECONDS = 60;
    private static final long NEARLY_OVER_MILLIS = 2_000;

    private static OpeningWorld world;

    private final RecoveryThreads threads = new RecoveryThreads(THREADS);

    @BeforeAll
    static void start() {
        world = new OpeningWorld();
    }

    @AfterAll
    static void stop() {
        AtWork.KEEPER.shutdownNow();
        world.close();
    }

    @AfterEach
    void end() {
        threads.close();
    }

    private static String lease(ActivityId id) {
        return new InventoryKeys(id).lease();
    }

    private static void join(CompletableFuture<Void> reconciled) {
        reconciled.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** A sale whose keys are lost, while somebody else is said to be at work on it. */
    private static ActivityId takenByAnother() {
        ActivityId id = world.sale();
        InventoryKeys keys = new InventoryKeys(id);
        world.world().redis().del(keys.state());
        AtWork.on(id);
        return id;
    }

    @Test
    void whileAnotherIsAtWorkNothingIsDoneTwiceAndNoThreadIsHeld() {
        // Given more activities that others are at work on than there are threads
        List<ActivityId> taken = new ArrayList<>();
        for (int i = 0; i <= THREADS; i++) {
            taken.add(takenByAnother());
        }
        ActivityId first = taken.get(0);
        long epoch = world.world().account(first).epoch();
        RedisReconciler reconciler = world.reconciler(threads, step -> {});
        List<CompletableFuture<Void>> waiting =
                taken.stream().map(reconciler::reconcile).toList();

        // When there is one that nobody is at work on
        ActivityId lost = world.sale();
        world.world().redis().del(new InventoryKeys(lost).state());
        join(reconciler.reconcile(lost));

        // Then that one is sold from again, and the others are left alone, until it is seen that nobody is at work
        assertThat(world.differences(lost)).isEmpty();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(world.world().account(first).epoch()).isEqualTo(epoch);
        taken.forEach(AtWork::finished);
        waiting.forEach(LeaseIT::join);
        assertThat(taken).allSatisfy(id -> assertThat(world.differences(id)).isEmpty());
    }

    @Test
    void whatAnotherHasMendedMeanwhileIsNotOpenedAgain() {
        ActivityId id = takenByAnother();
        CompletableFuture<Void> hasSeenIt = new CompletableFuture<>();
        CompletableFuture<Void> waiting = world.reconciler(threads, step -> {
                    if (step.equals("pttl")) {
                        hasSeenIt.complete(null);
                    }
                })
                .reconcile(id);
        join(hasSeenIt);
        assertThat(world.open(id, step -> {})).isTrue();
        long epoch = world.world().account(id).epoch();

        AtWork.finished(id);
        join(waiting);

        assertThat(world.world().account(id).epoch()).isEqualTo(epoch);
    }

    @Test
    void itLastsForAsLongAsTheWorkGoesOn() {
        ActivityId id = world.sale();
        world.world().redis().del(new InventoryKeys(id).state());
        List<Long> left = new CopyOnWriteArrayList<>();

        // A batch that takes until the lease is nearly over: what is left after it has been kept anew.
        join(world.reconciler(threads, step -> {
                    if (step.equals("build")) {
                        world.world().redis().pexpire(lease(id), NEARLY_OVER_MILLIS);
                    } else if (step.equals("xrange") || step.equals("evalsha") && !left.isEmpty()) {
                        // It is kept on another connection than this one.
                        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                                .until(() -> world.world().redis().pttl(lease(id)) > NEARLY_OVER_MILLIS);
                        left.add(world.world().redis().pttl(lease(id)));
                    }
                })
                .reconcile(id));

        // The codes, after which the outbox is read; and the snapshot, after which all is installed.
        assertThat(left).hasSize(2).allMatch(millis -> millis > NEARLY_OVER_MILLIS);
        assertThat(world.differences(id)).isEmpty();
    }

    @Test
    void itIsOverWhenTheWorkIs() {
        ActivityId id = world.sale();
        world.world().redis().del(new InventoryKeys(id).state());

        join(world.reconciler(threads, step -> {
                    if (step.equals("evalsha")) {
                        // Else it would end by itself.
                        world.world().redis().persist(lease(id));
                    }
                })
                .reconcile(id));

        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> world.world().redis().exists(lease(id)) == 0);
    }

    @Test
    void oneThatWouldLastForTooLongIsEnded() {
        for (SetArgs lasts : List.of(new SetArgs(), SetArgs.Builder.ex(Duration.ofHours(1)))) {
            ActivityId id = world.sale();
            world.world().redis().del(new InventoryKeys(id).state());
            world.world().redis().set(lease(id), "somebody whose clock was wrong", lasts);

            join(world.reconciler(threads, step -> {}).reconcile(id));

            assertThat(world.differences(id)).isEmpty();
        }
    }

    /** Somebody who keeps leases, until the test says that the work is over. */
    private static final class AtWork {
        private static final long KEPT_EVERY_MILLIS = 500;
        private static final ScheduledExecutorService KEEPER = Executors.newSingleThreadScheduledExecutor();
        private static final Map<ActivityId, Future<?>> KEPT = new ConcurrentHashMap<>();

        private static void on(ActivityId id) {
            Lease lease = new Lease(world.world().asyncRedis(), lease(id), "somebody");
            lease.keep();
            KEPT.put(
                    id,
                    KEEPER.scheduleAtFixedRate(
                            lease::keep, KEPT_EVERY_MILLIS, KEPT_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        }

        private static void finished(ActivityId id) {
            KEPT.remove(id).cancel(false);
            // On the connection that keeps it, so behind the last time that it was kept.
            world.world().asyncRedis().del(lease(id));
        }
    }
}
