package dev.dibs.api.export;

import dev.dibs.ids.ActivityId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The projection that exports read. */
interface ResultStore {

    /**
     * A collection that has been written up to some position; a rebuild puts another in its place.
     *
     * @param nextOffset the first offset of the partition that has not been written yet
     */
    record Projected(String collection, long nextOffset) {}

    /** How far the current collection has been written. */
    Mono<Projected> projected(int partition);

    /** The tickets won before this position, by sequence. Reads no faster than it is asked. */
    Flux<ResultRow> rows(String collection, ActivityId activityId, LogPosition before);
}
