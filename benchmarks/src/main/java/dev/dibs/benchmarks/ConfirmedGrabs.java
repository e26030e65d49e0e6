package dev.dibs.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Confirmed grabs: each needs a buyer that has not bought yet and a code that has not gone yet, so that each
 * measurement has a sale of its own. Counted is what the ledger granted, not what was answered with HTTP 200.
 */
final class ConfirmedGrabs {
    /** More codes than the speed of the last measurement asks for. */
    private static final double HEADROOM = 1.6;

    private static final int FEWEST = 5_000;
    private static final int FIRST = 40_000;
    private static final int MOST = 1_000_000;
    /** From here on the codes may have run out before the time did. */
    private static final double USED_UP = 0.98;

    private static final int ATTEMPTS = 4;

    /** Lets the servers come to rest. */
    interface Rest {
        void await() throws InterruptedException;
    }

    private final BenchPlan plan;
    private final Driver driver;
    private final Tokens tokens;
    private final Operator operator;
    private final List<String> remarks;
    private int buyers = FIRST;

    ConfirmedGrabs(BenchPlan plan, Driver driver, Tokens tokens, Operator operator, List<String> remarks) {
        this.plan = plan;
        this.driver = driver;
        this.tokens = tokens;
        this.operator = operator;
        this.remarks = remarks;
    }

    /**
     * Measures; where the codes run out, does it again with more.
     *
     * @param round 0 and less while it is only about warming up
     */
    Measurement measure(int round, Duration time, Rest rest) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            String sale = "bench-" + (round < 0 ? "warm-up" + -round : round) + "-" + attempt;
            operator.openSale(sale, buyers);
            Path file = tokens.write(plan.folder(), sale + "-", buyers);
            rest.await();
            Measurement answered =
                    driver.run(new Load(plan.stack(), Bench.grab(sale), Optional.of(file)), plan.connections(), time);
            Files.delete(file);
            long granted = operator.granted(sale);
            boolean usedUp = granted >= buyers * USED_UP;
            if (!usedUp || attempt == ATTEMPTS || buyers == MOST) {
                remark(round, answered, granted);
                Measurement counted = answered.counting(granted);
                buyers = between(counted.perSecond() * time.toSeconds() * HEADROOM);
                return counted;
            }
            buyers = between(buyers * 2.5);
        }
    }

    private static int between(double wanted) {
        return (int) Math.max(FEWEST, Math.min(MOST, wanted));
    }

    private void remark(int round, Measurement answered, long granted) {
        if (round > 0 && granted < answered.requests() * 0.99) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "round %d: of %,d answered grabs %,d were confirmed (there were %,d buyers and as many codes)",
                    round,
                    answered.requests(),
                    granted,
                    buyers));
        }
    }
}
