package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import java.util.Collection;
import java.util.function.Consumer;

/** A catalogue that has not heard of the latest change yet when it is asked for the first time. */
final class StaleOnce implements Catalogue {
    private final Catalogue catalogue;
    private Activity stale;

    StaleOnce(Catalogue catalogue, Activity stale) {
        this.catalogue = catalogue;
        this.stale = stale;
    }

    @Override
    public Activity find(ActivityId activityId) {
        if (stale != null && stale.activityId().equals(activityId)) {
            Activity answer = stale;
            stale = null;
            return answer;
        }
        return catalogue.find(activityId);
    }

    @Override
    public Collection<Activity> all() {
        return catalogue.all();
    }

    @Override
    public void onChange(Consumer<Activity> listener) {
        catalogue.onChange(listener);
    }
}
