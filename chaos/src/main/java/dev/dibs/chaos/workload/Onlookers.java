package dev.dibs.chaos.workload;

import dev.dibs.chaos.workload.Winners.Winner;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Winners who look at their tickets, at any instance, and now and then somebody at another's. */
final class Onlookers implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LONGEST_GAP_MILLIS = 200;

    private final BuyerCalls calls;
    private final Winners winners;
    private final BooleanSupplier over;
    private final SplittableRandom dice;

    Onlookers(BuyerCalls calls, Winners winners, long seed, BooleanSupplier over) {
        this.calls = calls;
        this.winners = winners;
        this.over = over;
        this.dice = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        while (!over.getAsBoolean() && Pause.ofMillis(dice.nextInt(LONGEST_GAP_MILLIS))) {
            Optional<Winner> winner = winners.any(dice);
            winner.ifPresent(this::look);
        }
    }

    private void look(Winner winner) {
        int api = dice.nextInt(calls.instances());
        int what = dice.nextInt(100);
        if (what < 30) {
            calls.list(api, winner.shopper(), winner.ticket(), PATIENCE);
        } else if (what < 60) {
            calls.detail(api, winner.shopper(), winner.ticket(), PATIENCE);
        } else if (what < 75) {
            calls.result(api, winner.shopper(), winner.ticket(), PATIENCE);
        } else if (what < 90) {
            calls.isSoldOut(api, winner.shopper(), PATIENCE);
        } else {
            winners.any(dice)
                    .filter(other ->
                            !other.shopper().user().equals(winner.shopper().user()))
                    .ifPresent(other -> calls.pry(api, winner.shopper(), other.ticket(), PATIENCE));
        }
    }
}
