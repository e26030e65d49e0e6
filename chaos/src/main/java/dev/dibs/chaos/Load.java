package dev.dibs.chaos;

import java.util.List;

/** Buyers, operators and readers who use the installation during a run, and who look afterwards what became of it. */
public interface Load extends AutoCloseable {

    /**
     * What they found.
     *
     * @param confirmed different tickets that they were told are theirs
     * @param pendingAnswers how often somebody was told to wait
     * @param violations a sentence each
     */
    record Outcome(long confirmed, long pendingAnswers, List<String> violations) {
        public Outcome {
            violations = List.copyOf(violations);
        }
    }

    /** Begins, and returns while it goes on. */
    void start(Targets targets);

    /** Ends it, now that all is healed, and waits until everybody has an answer. */
    void drain();

    /** Checks, once everything derived from the log has caught up with it. */
    Outcome check(Targets targets);

    @Override
    void close();
}
