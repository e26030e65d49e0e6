package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    private record Grab(long came, GrabSlots.Slot slot) {}

    /** Grabs on the way to one server that takes one after the other, and does nothing for one that is too late. */
    private final class Crowd {
        private final GrabSlots slots;
        private final long serveNanos;
        private final Deque<Grab> queue = new ArrayDeque<>();
        private final Deque<Grab> waiting = new ArrayDeque<>();
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
                GrabSlots.Slot slot = slots.take();
                if (slot != null) {
                    Grab grab = new Grab(now, slot);
                    queue.add(grab);
                    waiting.add(grab);
                }
            }
            return (decided - before) / (double) seconds;
        }

        private void serve() {
            while (!queue.isEmpty() && Math.max(serverFreeAt, queue.peek().came) + serveNanos <= now) {
                Grab grab = queue.poll();
                serverFreeAt = Math.max(serverFreeAt, grab.came) + serveNanos;
                if (serverFreeAt - grab.came <= DEADLINE) {
                    decided++;
                }
                if (waiting.peek() == grab) {
                    waiting.poll().slot.give();
                }
            }
            while (!waiting.isEmpty() && now - waiting.peek().came > GIVEN_UP) {
                waiting.poll().slot.give();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 200, 2_000})
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
        takeAndGive(slots, 20, 2 * SECOND);
        assertThat(slots.limit()).isLessThan(20);

        Crowd crowd = new Crowd(slots, 10_000);
        crowd.offer(9_000, 5);

        assertThat(crowd.offer(9_000, 10)).isGreaterThan(8_900);
    }

    @Test
    void aFewThatAreSlowAreNoCrowd() {
        GrabSlots slots = slots(IN_TIME);
        int before = slots.limit();

        for (int i = 0; i < 20; i++) {
            takeAndGive(slots, 8, 2 * SECOND);
        }

        assertThat(slots.limit()).isEqualTo(before);
    }

    @Test
    void aCrowdIsForgottenWhenItHasBeenQuietForAWhile() {
        GrabSlots slots = slots(IN_TIME);
        int before = slots.limit();
        takeAndGive(slots, 200, 2 * SECOND);
        assertThat(slots.limit()).isLessThan(200);

        for (int i = 0; i < 9; i++) {
            takeAndGive(slots, 1, SECOND);
        }
        assertThat(slots.limit()).as("not yet").isLessThan(200);
        takeAndGive(slots, 1, 2 * SECOND);
        takeAndGive(slots, 1, SECOND / 100);

        assertThat(slots.limit()).isEqualTo(before);
    }

    @Test
    void aCrowdThatGoesOnIsNotForgotten() {
        Crowd crowd = new Crowd(slots(IN_TIME), 200);
        crowd.offer(2_000, 30);

        double decided = crowd.offer(2_000, 120);

        assertThat(decided).isGreaterThan(0.9 * 200);
    }

    private void takeAndGive(GrabSlots slots, int count, long took) {
        List<GrabSlots.Slot> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(slots.take());
        }
        now += took;
        taken.forEach(GrabSlots.Slot::give);
    }

    @Test
    void allWhoWaitedInOneCrowdCutTheNumberOnlyOnce() {
        GrabSlots slots = slots(IN_TIME);

        List<GrabSlots.Slot> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(slots.take());
        }
        takeAndGive(slots, 40, 4 * SECOND / 5);
        int cut = slots.limit();
        waiting.forEach(GrabSlots.Slot::give);

        assertThat(cut).isEqualTo(8);
        assertThat(slots.limit()).isEqualTo(cut);
        assertThat(slots.taken()).isZero();
    }

    @Test
    void itIsCutToWhatWasDecidedMeanwhile() {
        GrabSlots slots = slots(IN_TIME);
        GrabSlots.Slot slow = slots.take();
        for (int i = 0; i < 10; i++) {
            takeAndGive(slots, 20, SECOND / 10);
        }

        for (int i = 0; i < 20; i++) {
            slots.take();
        }

        slow.give();

        // 200 in a second, so 100 in half of one; and the slow one itself
        assertThat(slots.limit()).isEqualTo(100);
    }

    @Test
    void neverMoreThanTheMostAreLetIn() {
        GrabSlots slots = new GrabSlots(2, IN_TIME, () -> now);
        GrabSlots.Slot first = slots.take();

        assertThat(first).isNotNull();
        assertThat(slots.take()).isNotNull();
        assertThat(slots.take()).isNull();
        first.give();

        assertThat(slots.take()).isNotNull();
        assertThat(slots.limit()).isEqualTo(2);
    }
}
