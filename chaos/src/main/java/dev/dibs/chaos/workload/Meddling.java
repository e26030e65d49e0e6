package dev.dibs.chaos.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** What operators do while the crowd is there: more stock, pauses, longer windows, exports. */
final class Meddling implements Runnable {
    private static final int LATEST = 5;
    private static final int MOST_IMPORTS = 4;
    private static final int MOST_EXPORTS = 60;
    private static final int LONGEST_GAP_MILLIS = 3_000;
    private static final int LONGEST_PAUSE_MILLIS = 1_200;
    private static final Duration USUAL_END = Duration.ofHours(6);

    private final Sales sales;
    private final Operator operator;
    private final Path exports;
    private final SplittableRandom dice;
    private final BooleanSupplier over;
    private int exported;

    Meddling(Sales sales, Operator operator, WorkloadPlan plan, BooleanSupplier over) {
        this.sales = sales;
        this.operator = operator;
        this.exports = plan.folder().resolve("exports");
        this.dice = new SplittableRandom(~plan.seed());
        this.over = over;
    }

    @Override
    public void run() {
        while (!over.getAsBoolean() && Pause.ofMillis(dice.nextInt(LONGEST_GAP_MILLIS))) {
            List<Sale> open = sales.published();
            if (!open.isEmpty() && !over.getAsBoolean()) {
                meddle(open.get(Math.max(0, open.size() - 1 - dice.nextInt(LATEST))));
            }
        }
    }

    private void meddle(Sale sale) {
        int what = dice.nextInt(100);
        if (what < 35) {
            if (sale.imports() < MOST_IMPORTS) {
                operator.addCodes(sale, 10 + dice.nextInt(40));
            }
        } else if (what < 60) {
            operator.pauseFor(sale, Duration.ofMillis(100 + dice.nextInt(LONGEST_PAUSE_MILLIS)));
        } else if (what < 80) {
            operator.extend(sale, USUAL_END, Duration.ofSeconds(dice.nextInt(3_600)));
        } else if (exported < MOST_EXPORTS) {
            operator.export(sale, exports.resolve(sale.id() + "." + exported++ + ".csv"));
        }
    }
}
