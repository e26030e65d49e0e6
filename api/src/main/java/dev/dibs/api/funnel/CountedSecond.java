package dev.dibs.api.funnel;

import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Spread;
import dev.dibs.measures.TopAddresses;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** What came of the grabs of one activity in one second. Many count at once; one takes. */
final class CountedSecond {
    private static final GrabAnswer[] ANSWERS = GrabAnswer.values();
    /** A grab is decided within seconds; what took longer than a minute counts as that. */
    private static final int WAITS = Spread.bucket(65_535) + 1;

    private final long second;
    private final LongAdder requests = new LongAdder();
    private final LongAdder[] answers = new LongAdder[ANSWERS.length];
    /** By the bucket of a {@link Spread}. */
    private final AtomicLongArray waits = new AtomicLongArray(WAITS);

    private final RefusalSketch refused = new RefusalSketch();

    /** @param second since 1970 */
    CountedSecond(long second) {
        this.second = second;
        for (int i = 0; i < answers.length; i++) {
            answers[i] = new LongAdder();
        }
    }

    long second() {
        return second;
    }

    void requested() {
        requests.increment();
    }

    void answered(GrabAnswer answer, String address) {
        answers[answer.ordinal()].increment();
        if (answer.isRefusal()) {
            refused.refused(address);
        }
    }

    void won(long millis) {
        waits.incrementAndGet(Math.min(Spread.bucket(millis), WAITS - 1));
    }

    /** What has been counted since it was last taken, or null where that is nothing. */
    GrabFunnel take(ActivityId activityId, String instance, UnaryOperator<String> hash) {
        long asked = requests.sumThenReset();
        Map<String, Long> answered = new HashMap<>();
        for (GrabAnswer answer : ANSWERS) {
            long count = answers[answer.ordinal()].sumThenReset();
            if (count > 0) {
                answered.put(answer.label(), count);
            }
        }
        // Each is counted by itself, and one of them may come after the others have been taken.
        Map<Long, Long> waited = takeWaits();
        TopAddresses most = refused.take(hash);
        return asked == 0 && answered.isEmpty() && waited.isEmpty() && most.equals(TopAddresses.NONE)
                ? null
                : new GrabFunnel(activityId, instance, second, asked, answered, waited, most);
    }

    private Map<Long, Long> takeWaits() {
        Map<Long, Long> taken = new HashMap<>();
        for (int bucket = 0; bucket < WAITS; bucket++) {
            long count = waits.getAndSet(bucket, 0);
            if (count > 0) {
                taken.put(Spread.upperBound(bucket), count);
            }
        }
        return taken;
    }
}
