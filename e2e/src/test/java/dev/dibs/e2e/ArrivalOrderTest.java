package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.e2e.ArrivalOrder.Grab;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What measures fairness must see unfairness. */
class ArrivalOrderTest {

    @Test
    void nobodyIsOvertakenWhereNumbersFollowArrival() {
        assertThat(ArrivalOrder.of(List.of(grab(2, 30), grab(0, 10), grab(1, 10), grab(3, 30))))
                .isEqualTo(new ArrivalOrder(4, 0, 0, 0, 0, 0));
    }

    @Test
    void whoIsPassedByALaterOneIsCountedWithTheTimeBetweenThem() {
        // The one that came at 70 has passed those of 20 and 50; the one of 50 has passed nobody.
        assertThat(ArrivalOrder.of(List.of(grab(0, 10), grab(1, 70), grab(2, 20), grab(3, 50), grab(4, 80))))
                .isEqualTo(new ArrivalOrder(5, 2, 50, 50, 2, 2));
    }

    private static Grab grab(int sequence, long arrivedAt) {
        return new Grab(sequence, arrivedAt, "api");
    }
}
