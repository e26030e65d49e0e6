package dev.dibs.api.export;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.LogPosition;
import java.time.Duration;

/**
 * What somebody wants to have exported.
 *
 * @param position as of which; null for the present one
 * @param after goes on behind this sequence, without the line of the columns; null for the whole file
 * @param atMost how long to wait for the projection
 */
record ExportRequest(LogPosition position, Integer after, ExportFilter filter, ExportLayout layout, Duration atMost) {

    boolean withCodes() {
        return layout.columns().contains(ExportColumn.CODE);
    }
}
