package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import dev.dibs.results.SecondStats;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SecondsCheckTest {
    private static final ActivityId ACTIVITY = new ActivityId("movie");
    private static final long NOW = 1_700_000_000L;
    private static final long LONG_AGO = NOW - SecondsCheck.KEPT_SECONDS - 1;

    private final Findings findings = new Findings();
    private final AuditedActivity activity = new AuditedActivity(ACTIVITY, new MemoryActivityAccount(), null, findings);

    @Test
    void everySecondOfTheLastDayMustBeExact() {
        refuse(NOW);
        refuse(NOW - SecondsCheck.KEPT_SECONDS);

        check(seconds(NOW, 2));

        assertThat(findings.all())
                .extracting(Finding::sentence)
                .containsExactly(
                        "voided is expected to be 1 in second " + (NOW - SecondsCheck.KEPT_SECONDS) + ", but is 0",
                        "voided is expected to be 1 in second " + NOW + ", but is 2");
    }

    @Test
    void whatCameADayLateMayBeMissing() {
        refuse(NOW);
        refuse(LONG_AGO);

        check(seconds(NOW, 1));

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void nothingMayBeCountedThatIsNotInTheLogHoweverOld() {
        refuse(NOW);
        refuse(LONG_AGO);

        check(seconds(NOW, 1), seconds(LONG_AGO, 2));

        assertThat(findings.all())
                .extracting(Finding::sentence)
                .containsExactly("voided is expected to be 1 in second " + LONG_AGO + ", but is 2");
    }

    private void check(SecondStats... found) {
        Map<Long, SecondStats> bySecond =
                Arrays.stream(found).collect(Collectors.toMap(SecondStats::second, Function.identity()));
        new SecondsCheck(activity, bySecond, findings).run();
    }

    private void refuse(long second) {
        TicketGrabbed grab = new TicketGrabbed(
                ACTIVITY,
                1,
                0,
                new TicketId(UUID.randomUUID()),
                new UserId("ann"),
                new RequestId("request"),
                0,
                second * 1_000,
                new TicketKind("seat"),
                "");
        activity.fold(1, 0, 1, grab, Verdict.VOID_EPOCH);
    }

    private static SecondStats seconds(long second, long voided) {
        return new SecondStats(ACTIVITY, second, 0, 0, 0, 0, 0, voided, 0, 0, Map.of());
    }
}
