package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import java.util.Collection;
import java.util.function.Consumer;

/** All activities as last configured, in memory. Reads never wait. */
public interface Catalogue {

    /** The activity, or null where there is none of this id. */
    Activity find(ActivityId activityId);

    Collection<Activity> all();

    /** Is told of each accepted change, and of every activity there is when it is added, on the catalogue's thread. */
    void onChange(Consumer<Activity> listener);
}
