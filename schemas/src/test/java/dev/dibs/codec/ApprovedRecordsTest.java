package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.TicketEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in a log must be readable for ever. These files are never changed, only added to. */
class ApprovedRecordsTest {

    static Stream<ApprovedRecord> all() {
        return Stream.concat(current(), ApprovedRecord.readOnly().stream());
    }

    static Stream<ApprovedRecord> current() {
        return ApprovedRecord.current().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void approvedBytesAreReadAsTheRecordTheyWereMadeFrom(ApprovedRecord approved) throws Exception {
        assertThat(approved.decoder().decode(approved.bytes())).isEqualTo(approved.record());
    }

    @ParameterizedTest
    @MethodSource("current")
    void whatIsWrittenTodayIsWhatWasApproved(ApprovedRecord approved) {
        assertThat(Json.MAPPER.readTree(approved.encoded())).isEqualTo(Json.MAPPER.readTree(approved.bytes()));
    }

    @ParameterizedTest
    @MethodSource("current")
    void whatIsWrittenCanBeRead(ApprovedRecord approved) throws Exception {
        assertThat(approved.decoder().decode(approved.encoded())).isEqualTo(approved.record());
    }

    @Test
    void everyKindOfEventHasAnApprovedFile() {
        List<Object> kinds =
                current().<Object>map(approved -> approved.record().getClass()).toList();

        assertThat(kinds).containsAll(Arrays.asList(TicketEvent.class.getPermittedSubclasses()));
    }
}
