package dev.dibs.chaos.workload;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What became of the buyers who came while this was counted, in all and since it was looked at last. Thread-safe. */
public final class FloodCount {
    private static final long LONGEST_MICROS = 60_000_000;

    private final Histogram refusals = new Histogram(LONGEST_MICROS, 3);
    private final Histogram confirmations = new Histogram(LONGEST_MICROS, 3);
    private final Histogram recentRefusals = new Histogram(LONGEST_MICROS, 3);
    private final Histogram recentConfirmations = new Histogram(LONGEST_MICROS, 3);
    private final Map<Integer, Long> others = new TreeMap<>();
    private long sent;
    private long notSent;
    private long pending;
    private long unanswered;
    private long withoutRetryAfter;
    private long sentBefore;

    /**
     * How long something took, milliseconds.
     *
     * @param count of what this is about
     */
    public record Took(long count, double p50, double p99, double max) {
        static Took of(Histogram micros) {
            return new Took(
                    micros.getTotalCount(),
                    micros.getValueAtPercentile(50) / 1_000.0,
                    micros.getValueAtPercentile(99) / 1_000.0,
                    micros.getMaxValue() / 1_000.0);
        }
    }

    /**
     * @param sent buyers who came
     * @param notSent of these, who stayed at home because this program could not have more of them waiting
     * @param pending told to wait
     * @param unanswered got no answer in five seconds, or lost their connection
     * @param withoutRetryAfter refusals that did not say when to come again
     * @param others answers of other kinds, by ret
     */
    public record Totals(
            long sent,
            long notSent,
            Took confirmed,
            long pending,
            Took refused,
            long withoutRetryAfter,
            long unanswered,
            Map<Integer, Long> others) {

        /** The same, and what went wrong there: who was to wait, had no answer, or another one than a ticket or a refusal. */
        public Totals withTroublesOf(Totals earlier) {
            Map<Integer, Long> all = new TreeMap<>(others);
            earlier.others.forEach((ret, times) -> all.merge(ret, times, Long::sum));
            return new Totals(
                    sent,
                    notSent,
                    confirmed,
                    pending + earlier.pending,
                    refused,
                    withoutRetryAfter + earlier.withoutRetryAfter,
                    unanswered + earlier.unanswered,
                    all);
        }
    }

    /** Of the time since it was asked for last. */
    public record Recent(long sent, Took confirmed, Took refused) {}

    synchronized void sent() {
        sent++;
    }

    synchronized void notSent() {
        notSent++;
    }

    synchronized void confirmed(long nanos) {
        long micros = Math.min(LONGEST_MICROS, nanos / 1_000);
        confirmations.recordValue(micros);
        recentConfirmations.recordValue(micros);
    }

    synchronized void refused(long nanos, boolean saysWhenToComeAgain) {
        long micros = Math.min(LONGEST_MICROS, nanos / 1_000);
        refusals.recordValue(micros);
        recentRefusals.recordValue(micros);
        if (!saysWhenToComeAgain) {
            withoutRetryAfter++;
        }
    }

    synchronized void pending() {
        pending++;
    }

    synchronized void unanswered() {
        unanswered++;
    }

    synchronized void other(int ret) {
        others.merge(ret, 1L, Long::sum);
    }

    public synchronized Totals totals() {
        return new Totals(
                sent,
                notSent,
                Took.of(confirmations),
                pending,
                Took.of(refusals),
                withoutRetryAfter,
                unanswered,
                Map.copyOf(others));
    }

    public synchronized Recent recent() {
        Recent recent = new Recent(sent - sentBefore, Took.of(recentConfirmations), Took.of(recentRefusals));
        sentBefore = sent;
        recentConfirmations.reset();
        recentRefusals.reset();
        return recent;
    }
}
