package dev.dibs.api.admission;

import dev.dibs.api.ApiProperties.Rate;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import io.github.bucket4j.TimeMeter;

/** What one user has tried of late on this instance. */
final class UserTurns {
    /** Beyond these a repeated request counts as a new grab; it bounds the memory. */
    private static final int REMEMBERED_REQUESTS = 4;
    /** Answers get lost, but hardly three in a row: whoever asks once more wants to know whether it is different now. */
    private static final int FREE_REPEATS = 2;

    private static final int QUESTIONS_AT_ONCE = 20;
    private static final int QUESTIONS_PER_SECOND = 5;

    /** A grab that was counted, and how often it has been repeated without counting again. */
    private static final class Named {
        private final ActivityId activityId;
        private final RequestId requestId;
        private final long countedAt;
        private int repeats;

        Named(ActivityId activityId, RequestId requestId, long countedAt) {
            this.activityId = activityId;
            this.requestId = requestId;
            this.countedAt = countedAt;
        }

        boolean is(ActivityId activity, RequestId request) {
            return requestId.equals(request) && activityId.equals(activity);
        }
    }

    private final LazyBucket calls;
    private final LazyBucket questions;
    private final RecentTimes grabs;
    private final long period;
    private final Named[] requests;
    private final int refusalsTolerated;
    private final long refusalsWithin;
    private int nextRequest;
    /** Of all requests together, or else two of them in turn could be repeated more often than one. */
    private RecentTimes repeats;

    private RecentTimes refusals;

    UserTurns(Rate rate, TimeMeter time) {
        calls = new LazyBucket(rate.burst(), rate.perSecond(), time);
        questions = new LazyBucket(QUESTIONS_AT_ONCE, QUESTIONS_PER_SECOND, time);
        period = rate.period().toNanos();
        grabs = new RecentTimes(rate.grabs(), period);
        requests = new Named[Math.min(rate.grabs(), REMEMBERED_REQUESTS)];
        refusalsTolerated = rate.offence().refusals();
        refusalsWithin = rate.offence().within().toNanos();
    }

    /** Counts a call of any kind. @return nanoseconds until one is allowed, zero where it is */
    long call() {
        return calls.take();
    }

    /** Counts a question for what came of a grab. @return nanoseconds until one is allowed, zero where it is */
    long question() {
        return questions.take();
    }

    /**
     * Counts a grab. Whoever has not heard what came of it may repeat it, a few times within the period; after that it
     * counts like any other, or else a script would only have to give all its grabs one name.
     *
     * @param requestId null where the client gave none
     * @param now nanoseconds
     * @return nanoseconds until one is allowed, zero where it is
     */
    synchronized long grab(ActivityId activityId, RequestId requestId, long now) {
        int place = placeOf(activityId, requestId);
        if (place >= 0 && isFreeRepeat(requests[place], now)) {
            requests[place].repeats++;
            repeats.add(now);
            return 0;
        }
        long wait = grabs.untilFree(now);
        if (wait == 0) {
            grabs.add(now);
            remember(activityId, requestId, place, now);
        }
        return wait;
    }

    private boolean isFreeRepeat(Named known, long now) {
        if (now - known.countedAt >= period) {
            return false;
        }
        if (repeats == null) {
            repeats = new RecentTimes(FREE_REPEATS, period);
        }
        return !repeats.isFull(now);
    }

    private void remember(ActivityId activityId, RequestId requestId, int place, long now) {
        if (requestId == null) {
            return;
        }
        if (place < 0) {
            place = nextRequest;
            nextRequest = (nextRequest + 1) % requests.length;
        }
        requests[place] = new Named(activityId, requestId, now);
    }

    private int placeOf(ActivityId activityId, RequestId requestId) {
        for (int i = 0; requestId != null && i < requests.length; i++) {
            if (requests[i] != null && requests[i].is(activityId, requestId)) {
                return i;
            }
        }
        return -1;
    }

    /** What was let through has not been decided, and it was not the user's fault: it does not count. */
    synchronized void takeBack(ActivityId activityId, RequestId requestId) {
        if (requestId == null) {
            grabs.takeBack();
            return;
        }
        int place = placeOf(activityId, requestId);
        if (place < 0) {
            return;
        }
        if (requests[place].repeats > 0) {
            requests[place].repeats--;
            repeats.takeBack();
        } else {
            requests[place] = null;
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
