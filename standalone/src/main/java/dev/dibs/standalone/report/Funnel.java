package dev.dibs.standalone.report;

import dev.dibs.results.ActivityStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** From requests to tickets that were used. */
record Funnel(List<Step> steps) {
    /** What kind of step it is, which its colour tells. */
    enum Kind {
        ARRIVED,
        REFUSED,
        OTHER,
        WON
    }

    record Step(String what, Kind kind, long count) {}

    Funnel {
        steps = List.copyOf(steps);
    }

    static Funnel of(ActivityStats totals) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("requests for a ticket", Kind.ARRIVED, totals.requests()));
        totals.answers().entrySet().stream()
                .filter(answer -> !answer.getKey().equals(Answers.GRANTED) && answer.getValue() > 0)
                .sorted(Comparator.comparing((Map.Entry<String, Long> answer) -> !Answers.isRefusal(answer.getKey()))
                        .thenComparing(
                                Map.Entry.<String, Long>comparingByValue().reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(answer -> new Step(
                        Answers.inWords(answer.getKey()),
                        Answers.isRefusal(answer.getKey()) ? Kind.REFUSED : Kind.OTHER,
                        answer.getValue()))
                .forEach(steps::add);
        long answered =
                totals.answers().values().stream().mapToLong(Long::longValue).sum();
        if (totals.requests() > answered) {
            steps.add(new Step("no answer counted", Kind.OTHER, totals.requests() - answered));
        }
        steps.add(new Step(
                Answers.inWords(Answers.GRANTED), Kind.WON, totals.answers().getOrDefault(Answers.GRANTED, 0L)));
        steps.add(new Step("tickets granted", Kind.WON, totals.granted()));
        steps.add(new Step("tickets redeemed", Kind.WON, totals.redeemed()));
        steps.add(new Step("tickets revoked", Kind.OTHER, totals.revoked()));
        return new Funnel(steps);
    }

    long greatest() {
        return steps.stream().mapToLong(Step::count).max().orElse(0);
    }
}
