package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecoveryThreadsTest {
    @Test
    void whatCanStillBeSoldGoesBeforeWhatIsSoldOutAndElseInOrder() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(1);
        CountDownLatch allDone = new CountDownLatch(4);
        List<String> order = new CopyOnWriteArrayList<>();
        try (RecoveryThreads threads = new RecoveryThreads(1)) {
            threads.execute(true, () -> awaitUninterrupted(allAsked));
            ask(threads, false, "sold out", order, allDone);
            ask(threads, true, "on sale", order, allDone);
            ask(threads, false, "sold out, too", order, allDone);
            ask(threads, true, "on sale, too", order, allDone);

            allAsked.countDown();

            assertThat(allDone.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(order).containsExactly("on sale", "on sale, too", "sold out", "sold out, too");
    }

    private static void ask(
            RecoveryThreads threads, boolean canSell, String name, List<String> order, CountDownLatch done) {
        threads.execute(canSell, () -> {
            order.add(name);
            done.countDown();
        });
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
