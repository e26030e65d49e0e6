package dev.dibs.audit;

/**
 * A violation.
 *
 * @param activityId as it was found, which need not be a valid id; empty where no single activity is concerned
 * @param sentence what was expected and what was found; names sequences and ticket ids, never a code
 */
public record Finding(Check check, String activityId, String sentence) {
    public Finding {
        if (check == null || activityId == null || sentence == null || sentence.isBlank()) {
            throw new IllegalArgumentException("check, activityId and sentence must not be empty");
        }
    }

    public Promise promise() {
        return check.promise();
    }

    @Override
    public String toString() {
        return promise() + " " + (activityId.isEmpty() ? "" : activityId + ": ") + sentence;
    }
}
