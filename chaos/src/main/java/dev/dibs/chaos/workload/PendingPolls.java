package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Asks for each buyer who was told to wait, again and again, until there is a ticket or nothing. */
final class PendingPolls implements AutoCloseable {
    /** While an instance does not answer, each waits for it: too few, and it is their turn that is measured. */
    private static final int THREADS = 16;

    private static final long FIRST_MILLIS = 200;
    private static final long AGAIN_MILLIS = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final BuyerCalls calls;
    private final Winners winners;
    private final Set<Shopper> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "chaos-pending");
        thread.setDaemon(true);
        return thread;
    });

    PendingPolls(BuyerCalls calls, Winners winners) {
        this.calls = calls;
        this.winners = winners;
    }

    void watch(Shopper shopper) {
        if (waiting.add(shopper)) {
            timer.schedule(() -> poll(shopper), FIRST_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void poll(Shopper shopper) {
        int api = ThreadLocalRandom.current().nextInt(calls.instances());
        Exchange exchange = calls.result(api, shopper, "", TIMEOUT);
        if (exchange.ret() == Exchange.SUCCESS && !exchange.told().isEmpty()) {
            winners.add(shopper, exchange.told().get(0));
            waiting.remove(shopper);
        } else if (exchange.ret() == Exchange.NOT_FOUND) {
            waiting.remove(shopper);
        } else if (!timer.isShutdown()) {
            timer.schedule(() -> poll(shopper), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
