package dev.dibs.chaos;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * How the workload was served during a part of a run. Its buyers come by a plan, so many a second: as long as they are
 * served, the rate is what was offered and not what could be served. What faults cost shows in the latencies, and in the
 * times without a confirmed grab.
 *
 * @param seconds that it lasted
 * @param confirmed different tickets that grabs were answered with
 * @param confirmedPerSecond the same, a second
 * @param p50Millis from the request to such an answer
 * @param p99Millis from the request to such an answer
 */
public record Phase(double seconds, long confirmed, double confirmedPerSecond, double p50Millis, double p99Millis) {
    private static final long LONGEST_MILLIS = Duration.ofMinutes(5).toMillis();

    /**
     * By what the clients have kept of it.
     *
     * @param from epoch milliseconds
     * @param to epoch milliseconds, exclusive
     */
    static Phase of(History history, long from, long to) {
        Histogram millis = new Histogram(LONGEST_MILLIS, 3);
        Set<String> tickets = new HashSet<>();
        history.forEach(exchange -> {
            if (isConfirmedWithin(exchange, from, to)
                    && tickets.add(exchange.told().get(0).ticket())) {
                millis.recordValue(Math.min(LONGEST_MILLIS, exchange.took()));
            }
        });
        double seconds = Math.max(1, to - from) / 1_000.0;
        return new Phase(
                seconds,
                millis.getTotalCount(),
                millis.getTotalCount() / seconds,
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(99));
    }

    private static boolean isConfirmedWithin(Exchange exchange, long from, long to) {
        return exchange.confirms()
                && !exchange.told().isEmpty()
                && exchange.answeredAt() >= from
                && exchange.answeredAt() < to;
    }
}
