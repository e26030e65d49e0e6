package dev.dibs.chaos;

import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Part;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * While nothing but Redis is broken, each instance still shows tickets to those who hold them (G7). Now and then a look may
 * fail, for the code of a ticket that was won a moment ago is in Redis only; but not all looks.
 */
final class ReadsGoOn {
    /** Below that it may have been chance. */
    private static final int LOOKS = 5;

    private static final Set<Part> REDIS_ONLY = Set.of(Part.REDIS);

    /**
     * @param from epoch milliseconds
     * @param to epoch milliseconds, exclusive
     */
    private record Period(String fault, long from, long to) {}

    private static final class Looks {
        private int all;
        private int seen;
    }

    private final List<Period> periods = new ArrayList<>();

    /** Notes that these faults were there between two moments, epoch milliseconds. */
    void broken(List<Fault> faults, long from, long to) {
        if (faults.stream().allMatch(fault -> fault.parts().equals(REDIS_ONLY))) {
            String names = String.join(
                    FaultRecord.AND, faults.stream().map(Fault::name).toList());
            periods.add(new Period(names, from, to));
        }
    }

    /** Where no look was of use, a sentence each. */
    List<String> check(History history) {
        List<Map<Integer, Looks>> looks = new ArrayList<>();
        periods.forEach(period -> looks.add(new TreeMap<>()));
        history.forEach(exchange -> {
            if (isLook(exchange)) {
                for (int i = 0; i < periods.size(); i++) {
                    if (exchange.at() >= periods.get(i).from && exchange.answeredAt() < periods.get(i).to) {
                        count(exchange, looks.get(i).computeIfAbsent(exchange.api(), api -> new Looks()));
                    }
                }
            }
        });
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            looks.get(i).forEach((api, those) -> {
                if (those.all >= LOOKS && those.seen == 0) {
                    findings.add("G7 none of " + those.all + " looks at tickets at instance " + api
                            + " showed one during " + period.fault + ", which broke Redis only");
                }
            });
        }
        return findings;
    }

    private static boolean isLook(Exchange exchange) {
        return (exchange.operation() == Operation.LIST || exchange.operation() == Operation.DETAIL)
                && !exchange.expected().isEmpty();
    }

    private static void count(Exchange look, Looks looks) {
        looks.all++;
        if (look.told().stream().anyMatch(told -> told.ticket().equals(look.expected()))) {
            looks.seen++;
        }
    }
}
