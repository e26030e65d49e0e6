package dev.dibs.api.recovery;

import dev.dibs.ids.ActivityId;
import java.util.concurrent.CompletableFuture;

/** Makes Redis agree with the log and the catalogue, for one activity. */
public interface Reconciler {

    /**
     * Brings the activity's keys to what the ledger and the catalogue say: opens a new epoch where there is none or it
     * cannot be trusted, else only changes stock, window and pause. Calls for one activity that come while it is under
     * way share one further run.
     *
     * @return completes when it is done; exceptionally where Redis, the log or MongoDB did not answer
     */
    CompletableFuture<Void> reconcile(ActivityId activityId);
}
