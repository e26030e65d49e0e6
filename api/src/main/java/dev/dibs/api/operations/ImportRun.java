package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;

/**
 * An import that may be tried several times.
 *
 * @param generation counts, from 1, how often the import was begun anew after it had been given up
 */
record ImportRun(ActivityId activityId, ImportId importId, int generation) {

    /** How far an import has come. */
    enum Stage {
        /** Its codes are being written; repeating it goes on. */
        OPEN,
        /** All its codes are written, and the log may have its stock: it can only be finished. */
        SEALED,
        /** Its codes belong to whoever wants them; repeating it begins anew. */
        GIVEN_UP
    }

    record Status(int generation, Stage stage) {
        /** Whether what this run has written counts no more, and never will again. */
        boolean isDead(ImportRun run) {
            return run.generation < generation || (run.generation == generation && stage == Stage.GIVEN_UP);
        }
    }

    boolean isOfSameImport(ImportRun other) {
        return activityId.equals(other.activityId) && importId.equals(other.importId);
    }
}
