package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks for each buyer who was told to wait, again and again, until he is told of a ticket or of nothing. Where
 * {@code /ticket/result} tells of a ticket that he has known before, he presses again with the same requestId: it says
 * nothing of his second grab.
 */
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
            later(shopper, 0, FIRST_MILLIS);
        }
    }

    private void later(Shopper shopper, int reloads, long millis) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> poll(shopper, reloads), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** @param reloads how often he has pressed under a new name, and was answered */
    private void poll(Shopper shopper, int reloads) {
        int api = ThreadLocalRandom.current().nextInt(calls.instances());
        Exchange exchange = calls.result(api, shopper, "", TIMEOUT);
        boolean toldOfOne =
                exchange.ret() == Exchange.SUCCESS && !exchange.told().isEmpty();
        List<Waits.Wait> waits = calls.waitsOf(shopper);
        if (waits.isEmpty() && (toldOfOne || exchange.ret() == Exchange.NOT_FOUND)) {
            exchange.told().stream().limit(1).forEach(told -> winners.add(shopper, told));
            waiting.remove(shopper);
            // He may have been told to wait again just before that.
            if (!calls.waitsOf(shopper).isEmpty()) {
                watch(shopper);
            }
        } else if (toldOfOne) {
            later(shopper, reloads + pressAgain(api, shopper, waits, reloads), AGAIN_MILLIS);
        } else {
            later(shopper, reloads, AGAIN_MILLIS);
        }
    }

    /**
     * With the name of what waits; if it has none, with one that is new each time: once he has all that he can have, he is
     * told so.
     *
     * @return 1 where a new name was answered, else 0
     */
    private int pressAgain(int api, Shopper shopper, List<Waits.Wait> waits, int reloads) {
        Optional<String> named = waits.stream()
                .map(Waits.Wait::request)
                .filter(request -> !request.isEmpty())
                .findFirst();
        String request = named.orElse("again" + reloads);
        Exchange exchange = calls.grab(api, shopper, request, false, TIMEOUT).join();
        if (exchange.ret() == Exchange.SUCCESS && !exchange.told().isEmpty()) {
            winners.add(shopper, exchange.told().get(0));
        }
        return named.isEmpty() && exchange.isDecided() ? 1 : 0;
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
