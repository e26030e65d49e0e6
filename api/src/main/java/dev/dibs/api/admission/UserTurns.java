package dev.dibs.api.admission;

import dev.dibs.api.ApiProperties.Rate;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import io.github.bucket4j.TimeMeter;

/** What one user has tried of late on this instance. */
final class UserTurns {
    /** Beyond these a repeated request counts as a new grab unless it holds a ticket; it bounds the memory. */
    private static final int REMEMBERED_REQUESTS = 4;

    /** A grab that was let through. */
    private static final class Named {
        private final ActivityId activityId;
        private final RequestId requestId;
        private boolean isCounted = true;

        Named(ActivityId activityId, RequestId requestId) {
            this.activityId = activityId;
            this.requestId = requestId;
        }

        boolean is(ActivityId activity, RequestId request) {
            return requestId.equals(request) && activityId.equals(activity);
        }
    }

    private final LazyBucket calls;
    private final RecentTimes grabs;
    private final Named[] requests;
    private final int refusalsTolerated;
    private final long refusalsWithin;
    private int nextRequest;
    private RecentTimes refusals;

    UserTurns(Rate rate, TimeMeter time) {
        calls = new LazyBucket(rate.burst(), rate.perSecond(), time);
        grabs = new RecentTimes(rate.grabs(), rate.period().toNanos());
        requests = new Named[Math.min(rate.grabs(), REMEMBERED_REQUESTS)];
        refusalsTolerated = rate.offence().refusals();
        refusalsWithin = rate.offence().within().toNanos();
    }

    /** Counts a call of any kind. @return nanoseconds until one is allowed, zero where it is */
    long call() {
        return calls.take();
    }

    /**
     * Counts a grab, unless it is a repeated one.
     *
     * @param requestId null where the client gave none
     * @param now nanoseconds
     * @return nanoseconds until one is allowed, zero where it is
     */
    synchronized long grab(ActivityId activityId, RequestId requestId, long now) {
        if (requestId != null && known(activityId, requestId) != null) {
            return 0;
        }
        long wait = grabs.untilFree(now);
        if (wait == 0) {
            grabs.add(now);
            if (requestId != null) {
                requests[nextRequest] = new Named(activityId, requestId);
                nextRequest = (nextRequest + 1) % requests.length;
            }
        }
        return wait;
    }

    private Named known(ActivityId activityId, RequestId requestId) {
        for (Named known : requests) {
            if (known != null && known.is(activityId, requestId)) {
                return known;
            }
        }
        return null;
    }

    /** What was let through has not been decided, and it was not the user's fault: it does not count. */
    synchronized void takeBack(ActivityId activityId, RequestId requestId) {
        if (requestId == null) {
            grabs.takeBack();
            return;
        }
        Named known = known(activityId, requestId);
        if (known != null && known.isCounted) {
            known.isCounted = false;
            grabs.takeBack();
        }
    }

    /** @return whether this was one refusal too many; they are counted from the beginning then */
    synchronized boolean refused(long now) {
        if (refusalsTolerated == 0) {
            return false;
        }
        if (refusals == null) {
            refusals = new RecentTimes(refusalsTolerated, refusalsWithin);
        }
        refusals.add(now);
        if (refusals.isFull(now)) {
            refusals.clear();
            return true;
        }
        return false;
    }

    /** Whether nothing was refused of late. */
    synchronized boolean isWellBehaved(long now) {
        return refusals == null || !refusals.isAny(now);
    }
}
