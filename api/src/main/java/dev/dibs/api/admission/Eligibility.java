package dev.dibs.api.admission;

import dev.dibs.activity.Activity;
import dev.dibs.ledger.Fingerprint;

/** Whether an account is on the list of an activity. Answers from memory, at once. */
@FunctionalInterface
public interface Eligibility {

    /** What is known of one account. */
    enum Answer {
        LISTED,
        NOT_LISTED,
        /** The list in force is not in memory (yet): nobody may be let in, and nobody told that they are not listed. */
        UNKNOWN
    }

    /** @param activity has a list */
    Answer ask(Activity activity, Fingerprint user);
}
