package dev.dibs.api.recovery;

import dev.dibs.ids.ActivityId;
import java.util.concurrent.CompletableFuture;

/** Builds Redis anew from the log, for somebody who does not trust what is there. */
public interface Recovery {

    /**
     * Opens a new epoch of the activity whatever its keys say, and writes all of them anew, codes included. Claims that
     * are under way become void and are claimed again, so that a sale which is running goes on.
     *
     * @return completes when it is done, also where there is nothing to open yet; exceptionally where Redis, the log or
     *     MongoDB did not answer
     */
    CompletableFuture<Void> recover(ActivityId activityId);
}
