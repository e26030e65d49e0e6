package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.nio.file.Path;

/** An exported CSV file, and the activity whose results it holds. */
public record CsvExport(Path file, ActivityId activityId) {
    public CsvExport {
        if (file == null || activityId == null) {
            throw new IllegalArgumentException("file and activityId must not be empty");
        }
    }
}
