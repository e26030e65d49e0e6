package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;

/** Somebody else changed the activity first. Make the change again from what there is now. */
public final class CatalogueConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Activity current;

    CatalogueConflictException(Activity current) {
        super("activity " + current.activityId() + " has been changed by somebody else and is at version "
                + current.version() + " now");
        this.current = current;
    }

    /** What the activity is now. */
    public Activity current() {
        return current;
    }
}
