package dev.dibs.standalone.demo;

import java.util.List;
import java.util.Map;

/**
 * What a demo came to, as {@code --report} writes it.
 *
 * @param stock codes on sale
 * @param buyers in the crowd
 * @param requests grabs that were sent
 * @param confirmed tickets that were answered with ret 0
 * @param pending grabs of which nobody ever heard how they ended
 * @param distinctWinners buyers that were answered with ret 0
 * @param logValid valid grabs in the log
 * @param logVoid grabs in the log that the ledger refused
 * @param logDuplicates copies of valid grabs in the log
 * @param redisIssued tickets that users hold according to Redis
 * @param mongoTickets tickets in the document database
 * @param resultRows rows of the result topic
 * @param statsGranted tickets granted according to the statistics
 * @param csvRows rows of the exported file
 * @param violations what contradicts the promises; empty if everything holds
 * @param answers how often each {@code ret} was answered to a grab
 * @param figures how fast it was
 * @param seed the crowd's, to see the same one again
 */
public record DemoReport(
        long stock,
        long buyers,
        long requests,
        long confirmed,
        long pending,
        long distinctWinners,
        long logValid,
        long logVoid,
        long logDuplicates,
        long redisIssued,
        long mongoTickets,
        long resultRows,
        long statsGranted,
        long csvRows,
        List<String> violations,
        Map<Integer, Long> answers,
        Figures figures,
        long seed) {
    public DemoReport {
        violations = List.copyOf(violations);
        answers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(answers));
    }

    /**
     * @param sellOutMillis from the first grab after the opening to the last confirmed one
     * @param p50Millis half of the winners had their ticket within this time
     * @param p99Millis 99 of 100 winners had their ticket within this time
     * @param answerP50Millis half of all grabs were answered within this time
     * @param answerP99Millis 99 of 100 grabs were answered within this time
     * @param requestsPerSecond grabs answered per second, from the first to the last
     */
    public record Figures(
            long sellOutMillis,
            double p50Millis,
            double p99Millis,
            double answerP50Millis,
            double answerP99Millis,
            long requestsPerSecond) {}

    /** Whether everything that was promised was kept. */
    public boolean holds() {
        return violations.isEmpty();
    }
}
