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
}
