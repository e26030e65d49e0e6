package dev.dibs.standalone.report;

import java.util.Map;

/** The names of answers in the statistics, in words. */
final class Answers {
    static final String GRANTED = "granted";
    static final String PENDING = "pending";
    static final String SYSTEM_ERROR = "systemError";

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(GRANTED, "answered with a ticket"),
            Map.entry(PENDING, "answered: not decided yet"),
            Map.entry(SYSTEM_ERROR, "answered: come again later"),
            Map.entry("ended", "refused: the sale is over"),
            Map.entry("soldOut", "refused: sold out"),
            Map.entry("notStarted", "refused: not begun"),
            Map.entry("alreadyTaken", "refused: already has a ticket"),
            Map.entry("notEligible", "refused: may not take part"),
            Map.entry("tooManyRequests", "refused: asked too often"),
            Map.entry("blocked", "refused: blocked"),
            Map.entry("badParameter", "refused: not asked properly"),
            Map.entry("paused", "refused: paused"));

    private Answers() {}

    /** A name that is not known stands as it is. */
    static String inWords(String answer) {
        return WORDS.getOrDefault(answer, "answered: " + answer);
    }

    static boolean isRefusal(String answer) {
        return WORDS.getOrDefault(answer, "").startsWith("refused");
    }

    static long refused(Map<String, Long> answers) {
        return answers.entrySet().stream()
                .filter(answer -> isRefusal(answer.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
