package dev.dibs.funnel;

import dev.dibs.ids.ActivityId;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one instance of the API answered to the grabs of one activity within one second.
 *
 * @param instance the instance's id
 * @param second epoch seconds
 * @param requests how many grabs arrived, at least the sum of the answers that were given in the same second
 * @param answers how many grabs were answered how, by the name of the answer
 */
public record GrabFunnel(
        ActivityId activityId, String instance, long second, long requests, Map<String, Long> answers) {
    public GrabFunnel {
        if (activityId == null || instance == null || instance.isEmpty() || answers == null) {
            throw new IllegalArgumentException("activityId, instance and answers must not be empty");
        }
        if (second < 0 || requests < 0) {
            throw new IllegalArgumentException("second and requests must be at least 0");
        }
        answers.forEach((answer, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("answers." + answer + " must be at least 0");
            }
        });
        // Sorted, so that equal counts are equal bytes.
        answers = java.util.Collections.unmodifiableMap(new TreeMap<>(answers));
    }
}
