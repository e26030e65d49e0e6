package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A catalogue without a log behind it, with the same rule: the first to take a version has it. */
public final class MemoryCatalogue implements Catalogue, CatalogueWriter {
    private final Map<ActivityId, Activity> activities = new ConcurrentHashMap<>();
    private final List<Consumer<Activity>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public Activity find(ActivityId activityId) {
        return activities.get(activityId);
    }

    @Override
    public Collection<Activity> all() {
        return List.copyOf(activities.values());
    }

    @Override
    public void onChange(Consumer<Activity> listener) {
        listeners.add(listener);
        activities.values().forEach(listener);
    }

    @Override
    public Mono<Activity> save(Activity activity) {
        return Mono.defer(() -> {
            Activity now = activities.merge(
                    activity.activityId(), activity, (old, wanted) -> wanted.version() > old.version() ? wanted : old);
            if (!now.equals(activity)) {
                return Mono.error(new CatalogueConflictException(now));
            }
            listeners.forEach(listener -> listener.accept(activity));
            return Mono.just(activity);
        });
    }

    @Override
    public Mono<Activity> confirm(Activity activity) {
        return Mono.defer(() -> {
            Activity now = activities.get(activity.activityId());
            return activity.equals(now) ? Mono.just(now) : Mono.error(new CatalogueConflictException(now));
        });
    }
}
