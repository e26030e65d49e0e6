package dev.dibs.chaos.check;

/**
 * A promise that was not kept.
 *
 * @param activity empty where no single one is concerned
 * @param user likewise
 * @param sequence {@link #NONE} where no single one is concerned, or it is not known
 * @param sentence what was expected and what was found
 */
public record Violation(Promise promise, String activity, String user, int sequence, String sentence) {
    public static final int NONE = -1;

    public Violation {
        if (promise == null || activity == null || user == null || sentence == null || sentence.isBlank()) {
            throw new IllegalArgumentException("promise, activity, user and sentence must not be empty");
        }
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        return promise
                + (activity.isEmpty() ? "" : " activity=" + activity)
                + (user.isEmpty() ? "" : " user=" + user)
                + (sequence == NONE ? "" : " sequence=" + sequence)
                + ": " + sentence;
    }
}
