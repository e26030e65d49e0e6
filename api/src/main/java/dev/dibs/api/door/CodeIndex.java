package dev.dibs.api.door;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import reactor.core.publisher.Mono;

/** Leads from a code to its place in the stock. */
interface CodeIndex {

    /** The row of an import, counted from 0, that a code is. */
    record CodePlace(ActivityId activityId, ImportId importId, int row) {}

    /** Where the code was imported; empty where it never was. An error where that cannot be known in time. */
    Mono<CodePlace> find(String code);
}
