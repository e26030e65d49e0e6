package dev.dibs.api.operations;

import dev.dibs.activity.Activity;

/** What is to be done about an operator's wish. */
sealed interface Decision {

    /** The activity is to become this. */
    record Save(Activity activity) implements Decision {}

    /** The activity is as wished already. */
    record Keep(Activity activity) implements Decision {}

    record Refuse(Problem problem) implements Decision {}
}
