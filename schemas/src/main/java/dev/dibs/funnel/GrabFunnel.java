package dev.dibs.funnel;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.TopAddresses;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one instance of the API answered to the grabs of one activity within one second.
 *
 * @param instance the instance's id
 * @param second epoch seconds
 * @param requests how many grabs arrived, at least the sum of the answers that were given in the same second
 * @param answers how many grabs were answered how, by the name of the answer
 * @param waits how many winners waited how long from arrival until they could be told: counts by the upper bounds,
 *     milliseconds, of the buckets of {@link dev.dibs.measures.Spread}; empty also where it was not measured
 * @param refusedAddresses the addresses with most refusals; none also where it was not measured
 */
public record GrabFunnel(
        ActivityId activityId,
        String instance,
        long second,
        long requests,
        Map<String, Long> answers,
        Map<Long, Long> waits,
        TopAddresses refusedAddresses) {
    public GrabFunnel {
        if (activityId == null || instance == null || instance.isEmpty() || answers == null) {
            throw new IllegalArgumentException("activityId, instance and answers must not be empty");
        }
        if (waits == null || refusedAddresses == null) {
            throw new IllegalArgumentException("waits and refusedAddresses must be there");
        }
        if (second < 0 || requests < 0) {
            throw new IllegalArgumentException("second and requests must be at least 0");
        }
        answers.forEach((answer, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("answers." + answer + " must be at least 0");
            }
        });
        waits.forEach((millis, count) -> {
            if (millis < 0 || count < 0) {
                throw new IllegalArgumentException("waits must have bounds and counts of at least 0");
            }
        });
        // Sorted, so that equal counts are equal bytes.
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
        waits = Collections.unmodifiableMap(new TreeMap<>(waits));
    }

    /** Where neither waits nor addresses were measured. */
    public GrabFunnel(ActivityId activityId, String instance, long second, long requests, Map<String, Long> answers) {
        this(activityId, instance, second, requests, answers, Map.of(), TopAddresses.NONE);
    }
}
