package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import reactor.core.publisher.Mono;

/** Changes activities, for all instances. */
public interface CatalogueWriter {

    /**
     * Makes this the activity's configuration. Its version must be one higher than that of the configuration it was made
     * from, or 1 for a new activity.
     *
     * @return completes once this instance's catalogue has it; with a {@link CatalogueConflictException} where another
     *     change took the version first. After any other error it is not known whether the change will be seen.
     */
    Mono<Activity> save(Activity activity);

    /**
     * Makes sure that this still is the activity's configuration, before somebody is told that it need not be changed, or
     * must not: what any instance has answered as changed before this call is seen.
     *
     * @param activity as this instance's catalogue has it
     * @return completes with the same; with a {@link CatalogueConflictException} where another change was made meanwhile,
     *     of which this instance had not read yet
     */
    Mono<Activity> confirm(Activity activity);
}
