package dev.dibs.chaos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** All activities of the run, in the order of their opening. */
final class Sales {
    /** Most of the crowd wants what has just opened; some come late. */
    private static final double LATE = 0.2;

    private final List<Sale> sales;

    Sales(WorkloadPlan plan) {
        String name = "chaos-" + Long.toHexString(plan.seed()) + "-";
        this.sales = IntStream.range(0, plan.activities())
                .mapToObj(i -> new Sale(name + i, 1 + i % 2))
                .toList();
    }

    Sale get(int index) {
        return sales.get(index);
    }

    List<Sale> published() {
        return sales.stream().filter(Sale::isPublished).toList();
    }

    /** What a buyer wants who comes while this sale is the latest. */
    Sale wanted(int latest, RandomGenerator dice) {
        Sale sale = sales.get(latest);
        if (latest > 0 && dice.nextDouble() < LATE) {
            List<Sale> left = new ArrayList<>(sales.subList(0, latest));
            left.removeIf(earlier -> !earlier.isPublished() || earlier.isSaidToBeSoldOut());
            return left.isEmpty() ? sale : left.get(dice.nextInt(left.size()));
        }
        return sale;
    }
}
