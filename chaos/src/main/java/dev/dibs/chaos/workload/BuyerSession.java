package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One buyer from the first press to a ticket, a refusal, or giving up. */
final class BuyerSession {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int IMPATIENT_MILLIS = 60;
    private static final int ATTEMPTS = 7;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final double POSTS = 0.1;
    private static final double WANTS_A_SECOND = 0.6;
    private static final double LOOKS = 0.15;
    private static final double REPEATS = 0.05;

    private final BuyerCalls calls;
    private final PendingPolls pending;
    private final Winners winners;
    private final Sale sale;
    private final Shopper shopper;
    private final SplittableRandom dice;
    private final Habit habit;
    private int presses;

    BuyerSession(
            BuyerCalls calls,
            PendingPolls pending,
            Winners winners,
            Sale sale,
            Shopper shopper,
            SplittableRandom dice) {
        this.calls = calls;
        this.pending = pending;
        this.winners = winners;
        this.sale = sale;
        this.shopper = shopper;
        this.dice = dice;
        this.habit = Habit.any(dice);
    }

    void run() {
        switch (habit) {
            case SENDS_TWICE -> {
                String request = newRequest();
                atOnce(request, request);
            }
            case PRESSES_TWICE -> atOnce(newRequest(), newRequest());
            default -> insist(anyApi(), newRequest());
        }
        if (sale.limit() > 1 && dice.nextDouble() < WANTS_A_SECOND) {
            insist(anyApi(), newRequest());
        }
    }

    private void atOnce(String one, String two) {
        int api = anyApi();
        CompletableFuture<Exchange> first = grab(api, one, PATIENCE);
        CompletableFuture<Exchange> second = grab(other(api), two, PATIENCE);
        follow(first.join());
        follow(second.join());
        if (!first.join().isDecided()) {
            insist(other(api), one);
        }
        if (!second.join().isDecided() && !one.equals(two)) {
            insist(api, two);
        }
    }

    private void insist(int firstApi, String firstRequest) {
        int api = firstApi;
        String request = firstRequest;
        long backoff = FIRST_BACKOFF_MILLIS;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Exchange exchange = grab(api, request, patience(attempt)).join();
            follow(exchange);
            // Not found, too: an instance may learn of an activity a moment after the other.
            if (exchange.isDecided() || attempt == ATTEMPTS || !Pause.ofMillis(backoff)) {
                return;
            }
            backoff = Math.min(2_000, 2 * backoff);
            api = habit == Habit.IMPATIENT ? other(api) : anyApi();
            request = habit == Habit.FORGETFUL ? newRequest() : request;
        }
    }

    private CompletableFuture<Exchange> grab(int api, String request, Duration patience) {
        return calls.grab(api, shopper, request, dice.nextDouble() < POSTS, patience);
    }

    /** Even the impatient wait in the end. */
    private Duration patience(int attempt) {
        return habit == Habit.IMPATIENT && attempt < 3
                ? Duration.ofMillis(5 + dice.nextInt(IMPATIENT_MILLIS))
                : PATIENCE;
    }

    private void follow(Exchange exchange) {
        switch (exchange.ret()) {
            case Exchange.PENDING -> pending.watch(shopper);
            case Exchange.SOLD_OUT -> sale.saidToBeSoldOut(true);
            case Exchange.SUCCESS -> won(exchange);
            default -> {
                // Nothing follows from a refusal.
            }
        }
    }

    private void won(Exchange exchange) {
        if (exchange.told().isEmpty()) {
            return;
        }
        String ticket = exchange.told().get(0).ticket();
        winners.add(shopper, exchange.told().get(0));
        if (dice.nextDouble() < LOOKS) {
            calls.list(exchange.api(), shopper, ticket, PATIENCE);
            calls.detail(exchange.api(), shopper, ticket, PATIENCE);
            waitIfTold(calls.result(exchange.api(), shopper, ticket, PATIENCE));
        }
        if (dice.nextDouble() < REPEATS && !exchange.request().isEmpty()) {
            waitIfTold(grab(anyApi(), exchange.request(), PATIENCE).join());
        }
    }

    /** An instance that is behind does not know the ticket yet; who is told to wait asks until it does. */
    private void waitIfTold(Exchange exchange) {
        if (exchange.ret() == Exchange.PENDING) {
            pending.watch(shopper);
        }
    }

    private String newRequest() {
        return habit == Habit.NAMELESS ? "" : shopper.request(presses++);
    }

    private int anyApi() {
        return dice.nextInt(calls.instances());
    }

    private int other(int api) {
        return (api + 1) % calls.instances();
    }
}
