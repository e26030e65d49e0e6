package dev.dibs.chaos.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * What there is to count.
 *
 * @param exchanges requests of all kinds
 * @param grabs of these, the grabs
 * @param confirmed different tickets that grabs were answered with; one that was pending first is not among them
 * @param pendingAnswers how often a buyer was told to wait
 * @param stillPending grabs of which it is not known yet what became of them
 * @param longestPendingMillis from the first answer that said so to the one that settled it, or until now
 * @param answers how often each ret was answered to a grab; {@link Exchange#NO_ANSWER} where there was none
 */
public record Figures(
        long exchanges,
        long grabs,
        long confirmed,
        long pendingAnswers,
        long stillPending,
        long longestPendingMillis,
        Map<Integer, Long> answers) {
    public Figures {
        answers = java.util.Collections.unmodifiableMap(new TreeMap<>(answers));
    }
}
