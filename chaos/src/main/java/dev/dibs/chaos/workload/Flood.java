package dev.dibs.chaos.workload;

import dev.dibs.chaos.Targets;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.workload.Http.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One sale and buyers who come as fast as they are told to, whatever they are answered: each of them once. Refusals are
 * counted; everything else that a buyer was told is in the history.
 */
public final class Flood implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration OPENED_WITHIN = Duration.ofMinutes(5);
    private static final int IMPORTED_AT_ONCE = 10_000;
    /** Of this program, which is to hold as well. */
    private static final int MOST_AT_ONCE = 10_000;

    private static final int TICK_MILLIS = 5;

    private final Targets targets;
    private final Path folder;
    private final History history;
    private final BuyerCalls calls;
    private final PendingPolls pending;
    private final Winners winners = new Winners();
    private final BuyerTokens tokens;
    private final Operator operator;
    private final Sale sale;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final AtomicLong next = new AtomicLong();
    private final FloodClient client;
    private volatile FloodCount count = new FloodCount();
    private volatile boolean over;

    /** @param lasts for how long buyers' tokens must be valid */
    public Flood(Targets targets, long seed, Duration lasts, Path folder) {
        this.targets = targets;
        this.folder = folder;
        this.history = new History(folder.resolve("history.jsonl"));
        this.client = new FloodClient(targets.apis(), MOST_AT_ONCE, PATIENCE);
        Http http = new Http(targets.apis());
        this.calls = new BuyerCalls(http, history);
        this.pending = new PendingPolls(calls, winners);
        this.tokens = new BuyerTokens(targets.tokenKey(), lasts.plus(Duration.ofHours(6)));
        this.operator = new Operator(new OperatorCalls(http, history, targets.adminPassword()), () -> over);
        this.sale = new Sale("flood-" + Long.toHexString(seed), 1);
    }

    /** Opens the sale with at least so many codes; false where that did not work in time. */
    public boolean open(int codes) {
        Operator opening = operator.untilDoneWithin(OPENED_WITHIN);
        boolean open = opening.open(sale, IMPORTED_AT_ONCE);
        for (int imported = IMPORTED_AT_ONCE; open && imported < codes; imported += IMPORTED_AT_ONCE) {
            open = opening.addCodes(sale, IMPORTED_AT_ONCE);
        }
        return open;
    }

    /** So many buyers at a time for so long, the next one when one has been answered. */
    public void atOnce(int buyers, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<CompletableFuture<Void>> chains = new ArrayList<>();
        for (int i = 0; i < buyers; i++) {
            chains.add(oneAfterTheOther(end));
        }
        chains.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> oneAfterTheOther(long end) {
        if (System.nanoTime() - end > 0 || over) {
            return CompletableFuture.completedFuture(null);
        }
        // On a thread of the pool: an answer that is there at once must not make the stack grow.
        return ask().thenComposeAsync(answered -> oneAfterTheOther(end));
    }

    /** So many buyers a second for so long, whether or not the ones before have been answered. */
    public void perSecond(double buyers, Duration time) {
        long begun = System.nanoTime();
        double sent = 0;
        while (!over && System.nanoTime() - begun < time.toNanos()) {
            double due = (System.nanoTime() - begun) / 1e9 * buyers;
            for (; sent < due; sent++) {
                ask();
            }
            if (!Pause.ofMillis(TICK_MILLIS)) {
                return;
            }
        }
    }

    private CompletableFuture<Void> ask() {
        // Whenever he is answered: he came when this was counted.
        FloodCount counted = count;
        counted.sent();
        if (!room.tryAcquire()) {
            counted.notSent();
            return CompletableFuture.completedFuture(null);
        }
        long buyer = next.getAndIncrement();
        int api = (int) (buyer % targets.apis().size());
        String user = sale.id() + "-" + buyer;
        Shopper shopper = new Shopper(user, tokens.of(user), sale.id(), sale.limit());
        String request = shopper.request(0);
        String path = "/ticket/get?actId=" + sale.id() + "&requestId=" + request;
        long at = System.currentTimeMillis();
        return client.get(api, path, shopper.token()).handle((reply, error) -> {
            try {
                answered(counted, api, shopper, request, at, reply);
            } finally {
                room.release();
            }
            return null;
        });
    }

    /** @param reply null where there was none */
    private void answered(
            FloodCount counted, int api, Shopper shopper, String request, long at, FloodClient.Reply reply) {
        if (reply == null) {
            // He never comes again; whether the log has something for him concerns nobody.
            counted.unanswered();
            return;
        }
        if (isRefusal(reply)) {
            counted.refused(reply.nanos(), reply.saysWhenToComeAgain());
            return;
        }
        long took = reply.nanos() / 1_000_000;
        Exchange exchange = calls.grabbed(api, shopper, request, new Reply(reply.status(), reply.body(), at, took, ""));
        switch (exchange.ret()) {
            case Exchange.SUCCESS -> counted.confirmed(reply.nanos());
            case Exchange.PENDING -> {
                counted.pending();
                pending.watch(shopper);
            }
            default -> counted.other(exchange.ret());
        }
    }

    private static boolean isRefusal(FloodClient.Reply reply) {
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        return reply.status() == 503 && body.startsWith("{\"ret\":-3,")
                || reply.status() == 429 && body.startsWith("{\"ret\":-8,");
    }

    /** Waits until all who have come are answered, or have given up, at most twice as long as one of them waits. */
    public void awaitAnswers() {
        try {
            if (room.tryAcquire(MOST_AT_ONCE, 2 * PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS)) {
                room.release(MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of those who have come since {@link #countAnew}. */
    public FloodCount count() {
        return count;
    }

    /** From now on those who come are counted anew; who has come before stays where he was counted, also if it takes. */
    public void countAnew() {
        count = new FloodCount();
    }

    public History history() {
        return history;
    }

    /**
     * Waits until every buyer who was told to wait has an answer.
     *
     * @return what is not as it should be, a sentence each
     */
    public List<String> drain(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (pending.waiting() > 0 && System.nanoTime() - deadline < 0 && Pause.ofMillis(100)) {
            // The polls go on by themselves.
        }
        int waiting = pending.waiting();
        return waiting == 0 ? List.of() : List.of(waiting + " buyers were told to wait, and still are");
    }

    /** The results of the sale for the checker; empty where they could not be exported in time. */
    public Map<String, Path> export(Duration timeout) {
        Path file = folder.resolve("results").resolve(sale.id() + ".csv");
        Map<String, Path> files = new TreeMap<>();
        if (operator.untilDoneWithin(timeout).exportAtLast(sale, file)) {
            files.put(sale.id(), file);
        }
        return files;
    }

    @Override
    public void close() {
        over = true;
        pending.close();
        client.close();
        history.close();
    }
}
