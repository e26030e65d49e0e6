package dev.dibs.standalone.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A sale by second, or where it has more seconds than a picture has points, by so many seconds each.
 *
 * @param from when the first point begins, epoch seconds
 * @param width how many seconds a point stands for
 * @param busiest the second with most grabs, exact also where points are wider
 * @param mostAsked the second with most requests
 * @param left what lies before and after the points
 * @param sums what all seconds come to, also those that are not drawn
 */
record Curve(long from, long width, List<Point> points, Peak busiest, Peak mostAsked, Left left, Sums sums) {
    /** As many as a screen shows beside each other. */
    static final int POINTS = 300;

    /**
     * @param granted within the point
     * @param requests likewise
     * @param refused likewise
     * @param givenOut from the beginning of the sale to the end of this point
     * @param remaining at its end, as it was counted
     * @param stock at its end: what had been added
     */
    record Point(long at, long granted, long requests, long refused, long givenOut, long remaining, long stock) {}

    /** @param second epoch seconds; meaningless where the count is 0 */
    record Peak(long second, long count) {
        private Peak orMore(long other, long counted) {
            return counted > count ? new Peak(other, counted) : this;
        }
    }

    record Left(long requestsBefore, long requestsAfter) {}

    /**
     * @param seconds of which there are counts
     * @param broken seconds at whose end there remained something else than the stock less what had been given out
     */
    record Sums(long seconds, long granted, long requests, long stock, long broken) {
        /** Whether the counts tell of the stock at all; older ones do not. */
        boolean knowsStock() {
            return stock > 0;
        }
    }

    Curve {
        points = List.copyOf(points);
    }

    /** @return null where nothing was grabbed and nothing requested */
    static Curve of(Seconds seconds) {
        Stretch stretch = Stretch.of(seconds);
        return stretch == null ? null : new Drawing(stretch).of(seconds);
    }

    /** Goes through the seconds once, in their order. */
    private static final class Drawing {
        private final long width;
        private final long from;
        private final long to;
        private final List<Point> points = new ArrayList<>(POINTS);

        private Peak busiest = new Peak(0, 0);
        private Peak mostAsked = new Peak(0, 0);
        private long seconds;
        private long broken;
        private long requests;
        private long requestsBefore;
        private long requestsAfter;
        private long givenOut;
        private long stock;
        private long remaining;

        private long at;
        private long pointGranted;
        private long pointRequests;
        private long pointRefused;

        private Drawing(Stretch stretch) {
            this.width = Widths.of(stretch.to() - stretch.from(), POINTS);
            this.from = stretch.from() - stretch.from() % width;
            this.to = stretch.to() + (width - stretch.to() % width) % width;
            this.at = from;
        }

        private Curve of(Seconds counted) {
            counted.forEach(this::count);
            closeUntil(to);
            return new Curve(
                    from,
                    width,
                    points,
                    busiest,
                    mostAsked,
                    new Left(requestsBefore, requestsAfter),
                    new Sums(seconds, givenOut, requests, stock, broken));
        }

        private void count(CountedSecond second) {
            closeUntil(Math.min(to, second.second()));
            seconds++;
            givenOut += second.granted();
            stock += second.stockAdded();
            requests += second.requests();
            remaining = second.remaining();
            // A grab may be dated before the stock it was taken from, by another clock; nothing is below nought.
            if (remaining != Math.max(0, stock - givenOut)) {
                broken++;
            }
            busiest = busiest.orMore(second.second(), second.granted());
            mostAsked = mostAsked.orMore(second.second(), second.requests());
            if (second.second() < from) {
                requestsBefore += second.requests();
            } else if (second.second() >= to) {
                requestsAfter += second.requests();
            } else {
                pointGranted += second.granted();
                pointRequests += second.requests();
                pointRefused += second.refused();
            }
        }

        /** Ends all points that end by then; one in which nothing was counted is a point, too. */
        private void closeUntil(long second) {
            while (at + width <= second) {
                points.add(new Point(at, pointGranted, pointRequests, pointRefused, givenOut, remaining, stock));
                pointGranted = 0;
                pointRequests = 0;
                pointRefused = 0;
                at += width;
            }
        }
    }
}
