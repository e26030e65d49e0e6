package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import java.util.List;
import reactor.core.publisher.Mono;

/** What is known of uploads of codes, on all instances. */
interface ImportJobs {
    /** How many of an activity are kept: its latest. */
    int KEPT = 100;

    /**
     * Keeps the job as it is now, and forgets the oldest where there are too many. Of a job that has ended nothing else
     * is kept any more: a note that was on its way must not bring it back to life.
     */
    Mono<Void> save(ImportJob job);

    /** The jobs of an activity, the latest first. */
    Mono<List<ImportJob>> of(ActivityId activityId);

    /** @param name of the job, or of an import, which then means the latest job of it; empty where there is none */
    Mono<ImportJob> find(ActivityId activityId, String name);
}
