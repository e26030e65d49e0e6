package dev.dibs.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifespanTest {
    private static final long SALE_ENDS = 10_000;
    private static final long TICKETS_END = 50_000;

    private final Activity activity = activity(ActivityState.PUBLISHED);

    @Test
    void theSaleIsOverTenMinutesAfterItsEnd() {
        assertThat(Lifespan.isSaleOver(activity, SALE_ENDS * 1_000 + 599_999)).isFalse();
        assertThat(Lifespan.isSaleOver(activity, SALE_ENDS * 1_000 + 600_000)).isTrue();
    }

    @Test
    void anActivityIsOverWhenTheLastOfItsTicketsIs() {
        assertThat(Lifespan.isOver(activity, TICKETS_END * 1_000 - 1)).isFalse();
        assertThat(Lifespan.isOver(activity, TICKETS_END * 1_000)).isTrue();
    }

    @Test
    void itIsForgottenOnlyWhenNobodyCanBeOnTheWayWithItAnyMore() {
        long forgotten = TICKETS_END * 1_000 + Lifespan.MARGIN.toMillis();

        assertThat(Lifespan.isForgotten(activity, forgotten - 1)).isFalse();
        assertThat(Lifespan.isForgotten(activity, forgotten)).isTrue();
    }

    @Test
    void aDraftIsNeverOver() {
        assertThat(Lifespan.isOver(activity(ActivityState.DRAFT), Long.MAX_VALUE))
                .isFalse();
    }

    private static Activity activity(ActivityState state) {
        List<TicketType> tickets = List.of(
                new TicketType(new TicketKind("early"), "Early", "", "", 1, SALE_ENDS - 1),
                new TicketType(new TicketKind("late"), "Late", "", "", 1, TICKETS_END));
        return new Activity(new ActivityId("a"), "n", "", "", 1, SALE_ENDS, 1, "", tickets, state, 1, 0, Entry.OPEN);
    }
}
