package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import dev.dibs.topics.Topics;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditedActivityTest {
    private static final ActivityId ID = new ActivityId("night");
    private static final int PARTITIONS = 6;

    private final Findings findings = new Findings();
    private final AuditedActivity activity = new AuditedActivity(ID, new MemoryActivityAccount(), null, findings);

    private static TicketEvent event() {
        return new EpochOpened(UUID.randomUUID(), 1, ID, "nonce", "fence", 1);
    }

    @Test
    void whatLiesInAnotherPartitionIsNamedAlsoWhereItIsReadFirst() {
        int own = Topics.partition(ID, PARTITIONS);
        int other = (own + 1) % PARTITIONS;

        activity.fold(PARTITIONS, other, 7, event(), Verdict.VALID);
        activity.fold(PARTITIONS, own, 8, event(), Verdict.VALID);
        activity.fold(PARTITIONS, own, 9, event(), Verdict.VALID);

        assertThat(findings.all())
                .singleElement()
                .asString()
                .contains("all of the log is expected in partition " + own + ", but there is a record in partition "
                        + other + " at offset 7");
    }
}
