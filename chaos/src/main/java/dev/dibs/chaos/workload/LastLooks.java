package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.workload.Winners.Winner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Some winners look at their tickets once all is healed, in their list and at each by itself, at every instance, until
 * they see them or the time is over. What they saw last is for the checker.
 */
final class LastLooks {
    private static final int WINNERS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long AGAIN_MILLIS = 200;

    private final BuyerCalls calls;
    private final Winners winners;

    LastLooks(BuyerCalls calls, Winners winners) {
        this.calls = calls;
        this.winners = winners;
    }

    private record Look(int api, Operation operation, Winner winner) {}

    void look(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Look> left = new ArrayList<>();
        for (Winner winner : winners.some(WINNERS)) {
            for (int api = 0; api < calls.instances(); api++) {
                left.add(new Look(api, Operation.LIST, winner));
                left.add(new Look(api, Operation.DETAIL, winner));
            }
        }
        do {
            left.removeIf(look -> System.nanoTime() - deadline < 0 && sees(look));
        } while (!left.isEmpty() && System.nanoTime() - deadline < 0 && Pause.ofMillis(AGAIN_MILLIS));
    }

    private boolean sees(Look look) {
        return calls.seesOnceHealed(look.api, look.operation, look.winner.shopper(), look.winner.ticket(), PATIENCE);
    }
}
