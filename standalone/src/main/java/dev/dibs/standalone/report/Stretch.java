package dev.dibs.standalone.report;

/**
 * The part of a sale that is drawn: from its first grab to its last, and the requests around them, as far as they do not
 * press the grabs into a corner. Gates redeem tickets for weeks, and scripts ask for days.
 *
 * @param from epoch seconds
 * @param to epoch seconds, the first that is not drawn
 */
record Stretch(long from, long to) {
    /** On each side of the grabs there is room for requests as long as the grabs took, or for this. */
    private static final long ROOM_SECONDS = 10;

    Stretch {
        if (from >= to) {
            throw new IllegalArgumentException("a stretch must not be empty");
        }
    }

    /** Nearly all requests; nobody sees the last ones in a picture, and they may come a day later. */
    private static final double NEARLY_ALL = 0.99;

    /** @return null where nothing was grabbed and nothing requested */
    static Stretch of(Seconds seconds) {
        Bounds grabs = new Bounds();
        Bounds requests = new Bounds();
        long[] sum = new long[1];
        seconds.forEach(counted -> {
            grabs.note(counted.second(), counted.granted());
            requests.note(counted.second(), counted.requests());
            sum[0] += counted.requests();
        });
        if (grabs.isEmpty()) {
            return requests.isEmpty() ? null : new Stretch(requests.first, requests.last + 1);
        }
        Bounds most = mostRequests(seconds, sum[0]);
        long room = Math.max(ROOM_SECONDS, grabs.last - grabs.first + 1);
        long first = most.isEmpty() ? grabs.first : Math.min(grabs.first, Math.max(most.first, grabs.first - room));
        long last = most.isEmpty() ? grabs.last : Math.max(grabs.last, Math.min(most.last, grabs.last + room));
        return new Stretch(Math.max(0, first - 1), last + 2);
    }

    private static Bounds mostRequests(Seconds seconds, long all) {
        Bounds most = new Bounds();
        long[] seen = new long[1];
        seconds.forEach(counted -> {
            boolean early = seen[0] + counted.requests() < all * (1 - NEARLY_ALL);
            boolean late = seen[0] > all * NEARLY_ALL;
            if (!early && !late) {
                most.note(counted.second(), counted.requests());
            }
            seen[0] += counted.requests();
        });
        return most;
    }

    /** The first and the last second in which there was something. */
    private static final class Bounds {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private void note(long second, long count) {
            if (count > 0) {
                first = Math.min(first, second);
                last = Math.max(last, second);
            }
        }

        private boolean isEmpty() {
            return first > last;
        }
    }
}
