package dev.dibs.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsTest {

    @Test
    void aPositionIsReadAsItIsWritten() {
        LogPosition position = new LogPosition(3, 5_000_000_000L);

        assertThat(LogPosition.parse(position.toString())).isEqualTo(position);
        assertThat(position.includes(4_999_999_999L)).isTrue();
        assertThat(position.includes(5_000_000_000L)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3:", ":3", "-1:3", "3:-1", "3:4:5", "3: 4", "٣:٤", "9999999999:1", "now"})
    void anythingElseIsNoPosition(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogPosition.parse(text))
                .withMessageContaining("partition:offset");
    }

    @Test
    void columnsKeepTheOrderInWhichTheyWereGiven() {
        assertThat(ExportColumn.list("state, sequence,code"))
                .containsExactly(ExportColumn.STATE, ExportColumn.SEQUENCE, ExportColumn.CODE);
    }

    @Test
    void aWordThatIsUnknownIsAnsweredWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportColumn.list("sequence,seat"))
                .withMessageStartingWith("'seat' is no column; there are sequence, ticket_id,")
                .withMessageEndingWith("state_offset");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketState.set("granted,<script>"))
                .withMessage("there is something in it that is no state; there are granted, redeemed, revoked");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketState.set("granted,granted"))
                .withMessageContaining("once only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportColumn.list(""))
                .withMessageContaining("no column");
    }

    @Test
    void aFilterTakesItsFirstAndLeavesOutItsEnd() {
        ExportFilter filter = new ExportFilter(EnumSet.of(TicketState.REDEEMED), 10, 20, 1_000, 2_000);

        assertThat(filter.matches(10, 1_000, TicketState.REDEEMED)).isTrue();
        assertThat(filter.matches(19, 1_999, TicketState.REDEEMED)).isTrue();
        assertThat(filter.matches(9, 1_000, TicketState.REDEEMED)).isFalse();
        assertThat(filter.matches(20, 1_000, TicketState.REDEEMED)).isFalse();
        assertThat(filter.matches(10, 999, TicketState.REDEEMED)).isFalse();
        assertThat(filter.matches(10, 2_000, TicketState.REDEEMED)).isFalse();
        assertThat(filter.matches(10, 1_000, TicketState.GRANTED)).isFalse();
        assertThat(ExportFilter.NONE.matches(0, 0, TicketState.REVOKED)).isTrue();
    }

    @Test
    void aLayoutHasColumnsAndNoneTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ExportLayout(List.of(), false, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportLayout(List.of(ExportColumn.CODE, ExportColumn.CODE), false, true));
    }
}
