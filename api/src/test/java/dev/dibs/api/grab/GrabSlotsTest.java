package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrabSlotsTest {
    private static final int MOST = 20_000;
    private static final Duration IN_TIME = Duration.ofMillis(500);
    private static final Duration SWITCHED_OFF = Duration.ofHours(1);
    private static final long SECOND = 1_000_000_000;
    private static final long DEADLINE = SECOND;
    /** A client of Redis gives a command up; the server does not. */
    private static final long GIVEN_UP = 3 * SECOND / 2;

    private long now;

    private GrabSlots slots(Duration inTime) {
        return new GrabSlots(MOST, inTime, () -> now);
    }

    /** Grabs on the way to one server that takes one after the other, and does nothing for one that is too late. */
    private final class Crowd {
        private final GrabSlots slots;
        private final long serveNanos;
        private final Deque<Long> queue = new ArrayDeque<>();
        private final Deque<Long> waiting = new ArrayDeque<>();
        private long serverFreeAt;
        private long decided;

        Crowd(GrabSlots slots, int perSecond) {
            this.slots = slots;
            this.serveNanos = SECOND / perSecond;
        }

        /** So many come each second, evenly; answers how many a second are decided before their deadline. */
        double offer(int perSecond, int seconds) {
            long end = now + seconds * SECOND;
            long before = decided;
            while (now < end) {
                now += SECOND / perSecond;
                serve();
                if (slots.take()) {
                    queue.add(now);
                    waiting.add(now);
                }
            }
            return (decided - before) / (double) seconds;
        }

        private void serve() {
            while (!queue.isEmpty() && Math.max(serverFreeAt, queue.peek()) + serveNanos <= now) {
                long came = queue.poll();
                serverFreeAt = Math.max(serverFreeAt, came) + serveNanos;
                if (serverFreeAt - came <= DEADLINE) {
                    decided++;
                }
                if (!waiting.isEmpty() && waiting.peek() == came) {
                    waiting.poll();
                    slots.give(came);
                }
            }
            while (!waiting.isEmpty() && now - waiting.peek() > GIVEN_UP) {
                slots.give(waiting.poll());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 2_000})
    void atTenTimesWhatCanBeDoneNearlyAllThatCanBeDoneIsDone(int capacity) {
        Crowd crowd = new Crowd(slots(IN_TIME), capacity);
        crowd.offer(10 * capacity, 30);

        double decided = crowd.offer(10 * capacity, 60);

        assertThat(decided).isGreaterThan(0.9 * capacity);
    }

    @Test
    void withoutItHardlyAnythingIsDecidedInTime() {
        Crowd crowd = new Crowd(slots(SWITCHED_OFF), 200);
        crowd.offer(2_000, 30);

        double decided = crowd.offer(2_000, 60);

        assertThat(decided).isLessThan(0.1 * 200);
    }

    @Test
    void aCrowdThatIsServedInTimeIsLetInUpToTheMost() {
        GrabSlots slots = slots(IN_TIME);
        Crowd crowd = new Crowd(slots, 100_000);

        double decided = crowd.offer(90_000, 5);

        assertThat(decided).isGreaterThan(89_000);
        assertThat(slots.limit()).isGreaterThanOrEqualTo(512);
    }

    @Test
    void afterAStallTheNumberGrowsAgain() {
        GrabSlots slots = slots(IN_TIME);
        for (int i = 0; i < 20; i++) {
            slots.take();
            long takenAt = now;
            now += 2 * SECOND;
            slots.give(takenAt);
        }
        assertThat(slots.limit()).isEqualTo(8);

        Crowd crowd = new Crowd(slots, 10_000);
        crowd.offer(9_000, 10);

        assertThat(crowd.offer(9_000, 10)).isGreaterThan(8_900);
    }

    @Test
    void allWhoWaitedInOneCrowdCutTheNumberOnlyOnce() {
        GrabSlots slots = slots(IN_TIME);
        for (int i = 0; i < 100; i++) {
            assertThat(slots.take()).isTrue();
        }
        long takenAt = now;
        now += 2 * SECOND;

        for (int i = 0; i < 100; i++) {
            slots.give(takenAt);
        }

        assertThat(slots.limit()).isEqualTo(256);
        assertThat(slots.taken()).isZero();
    }

    @Test
    void neverMoreThanTheMostAreLetIn() {
        GrabSlots slots = new GrabSlots(2, IN_TIME, () -> now);

        assertThat(slots.take()).isTrue();
        assertThat(slots.take()).isTrue();
        assertThat(slots.take()).isFalse();
        slots.give(now);

        assertThat(slots.take()).isTrue();
        assertThat(slots.limit()).isEqualTo(2);
    }
}
