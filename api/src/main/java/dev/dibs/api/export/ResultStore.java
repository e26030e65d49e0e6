package dev.dibs.api.export;

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

    /**
     * The tickets won before the query's position, as they stood there, by sequence. Reads no faster than it is asked.
     * Ends as an {@link OutdatedProjectionException} where a document does not say when it came to be what it is.
     */
    Flux<ResultRow> rows(RowQuery query);
}
