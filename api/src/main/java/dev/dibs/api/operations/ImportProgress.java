package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.time.Clock;

/** How far one upload of codes is. Several threads write it, one after the other; others read it meanwhile. */
final class ImportProgress {
    private final String job;
    private final ActivityId activityId;
    private final long bytesExpected;
    private final long startedAt;
    private final Clock clock;
    private volatile ImportJob.Stage stage = ImportJob.Stage.RECEIVING;
    private volatile ImportId importId;
    private volatile long bytes;
    private volatile int rows = ImportJob.UNKNOWN;
    private volatile int read;
    private volatile int compared;
    private volatile int claimed;
    private volatile int stored;
    private volatile ImportJob.Result result = ImportJob.Result.NONE;
    private volatile long finishedAt;

    /**
     * @param job names it
     * @param bytesExpected of the file, or {@link ImportJob#UNKNOWN}
     */
    ImportProgress(String job, ActivityId activityId, long bytesExpected, Clock clock) {
        this.job = job;
        this.activityId = activityId;
        this.bytesExpected = bytesExpected;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    void received(long bytesSoFar) {
        bytes = bytesSoFar;
    }

    void isImport(ImportId id) {
        importId = id;
    }

    void enters(ImportJob.Stage next) {
        stage = next;
    }

    void read(int rowsSoFar) {
        read = rowsSoFar;
    }

    /** All rows are read, and sound. */
    void has(int rowsInAll) {
        rows = rowsInAll;
    }

    void compared(int rowsSoFar) {
        compared = rowsSoFar;
    }

    void claimed(int rowsSoFar) {
        claimed = rowsSoFar;
    }

    void stored(int rowsSoFar) {
        stored = rowsSoFar;
    }

    void finished(ImportJob.Stage last, ImportJob.Result how) {
        result = how;
        finishedAt = clock.millis();
        stage = last;
    }

    ImportJob now() {
        ImportJob.Counts counts = new ImportJob.Counts(bytes, bytesExpected, rows, read, compared, claimed, stored);
        return new ImportJob(job, activityId, importId, stage, counts, result, startedAt, clock.millis(), finishedAt);
    }
}
