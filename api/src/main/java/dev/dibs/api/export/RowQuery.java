package dev.dibs.api.export;

import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.LogPosition;
import dev.dibs.ids.ActivityId;

/**
 * Which rows are read.
 *
 * @param collection where from
 * @param before only what the log says before this place counts
 * @param after only rows behind this sequence; null for all
 * @param withCodes whether the codes are wanted: they are opened one by one
 */
record RowQuery(
        String collection,
        ActivityId activityId,
        LogPosition before,
        ExportFilter filter,
        Integer after,
        boolean withCodes) {}
