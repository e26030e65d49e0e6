package dev.dibs.api.claim;

import dev.dibs.ids.ActivityId;

/** The answer of Redis to a claim is that to another one: it is not known what became of this claim. */
public final class ForeignAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignAnswerException(ActivityId activityId) {
        super("Redis has answered a claim of " + activityId + " with the answer to another one");
    }
}
