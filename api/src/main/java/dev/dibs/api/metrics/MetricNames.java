package dev.dibs.api.metrics;

/**
 * The names of all metrics of Dibs. Labels are kinds of answers and verdicts, of which there are a dozen; ids of
 * activities, users and tickets, addresses and codes are in none.
 */
final class MetricNames {
    /** Grabs that were answered, by {@link #ANSWER}; up to a second behind. */
    static final String GRABS = "dibs.grabs";

    static final String ANSWER = "answer";

    /** Records of the log that were judged since the start, those before it too, by {@link #VERDICT}. */
    static final String VERDICTS = "dibs.verdicts";

    static final String VERDICT = "verdict";

    /** Events for whose verdict somebody waits. */
    static final String PENDING = "dibs.verdicts.pending";

    /** Events that wait for the thread that writes to the log. */
    static final String UNSENT = "dibs.publisher.queue";

    /** 1 while the log takes what is sent to it. */
    static final String PUBLISHER_HEALTHY = "dibs.publisher.healthy";

    /** 1 once this instance has read all that there was. */
    static final String READY = "dibs.ready";

    private MetricNames() {}
}
