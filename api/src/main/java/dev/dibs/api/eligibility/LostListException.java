package dev.dibs.api.eligibility;

import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;

/** The store has not got the whole list. It has been replaced a moment ago; else importing its file again mends it. */
final class LostListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostListException(ActivityId activityId, String list) {
        super("List " + list + " of activity " + activityId + " is not complete in the collection "
                + Documents.ELIGIBILITY_LISTS + "; import its file again");
    }
}
