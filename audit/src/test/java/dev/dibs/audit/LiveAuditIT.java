package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.audit.LiveAudit.Outcome;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.testkit.LogPosition;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grab that arrives between the reading of the log and that of the tickets is no violation. */
class LiveAuditIT {
    @TempDir
    Path folder;

    private World world;
    private int audits;

    @BeforeEach
    void writeWorld() throws IOException {
        world = World.planned(folder).write();
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void withoutTheSecondLookAGrabInBetweenIsReportedAsAViolation() {
        assertThat(auditWithAGrabInBetween().findings())
                .anyMatch(finding -> finding.sentence().contains("a row too many: sequence 6"));
    }

    @Test
    void saysThatTheLogMovesWhereEveryAttemptIsOvertakenByAGrab() {
        Outcome outcome = run(this::auditWithAGrabInBetween);

        assertThat(outcome.moved()).isTrue();
        assertThat(outcome.holds()).isFalse();
        assertThat(audits).isEqualTo(LiveAudit.ATTEMPTS);
    }

    @Test
    void whatEveryAttemptFindsInTheLogItselfIsProven() {
        writeToAnotherPartition(world.movie.won.get(0).grab);

        Outcome outcome = run(this::auditWithAGrabInBetween);

        assertThat(outcome.moved()).isTrue();
        assertThat(outcome.proven())
                .singleElement()
                .asString()
                .contains("all of the log is expected in partition " + world.movie.last.partition());
    }

    @Test
    void whatOnlyTheLastAttemptFindsInTheLogIsNotProven() {
        Outcome outcome = run(() -> {
            if (audits == LiveAudit.ATTEMPTS - 1) {
                writeToAnotherPartition(world.movie.won.get(0).grab);
            }
            return auditWithAGrabInBetween();
        });

        assertThat(outcome.report().ofTheLog()).isNotEmpty();
        assertThat(outcome.proven()).isEmpty();
    }

    @Test
    void triesAgainUntilTheLogStandsStill() {
        Outcome outcome = run(() -> audits == 0 ? auditWithAGrabInBetween() : audit());

        assertThat(outcome.moved()).isFalse();
        assertThat(audits).isEqualTo(2);
    }

    @Test
    void reportsWhatIsWrongWhereTheLogStandsStill() {
        insertRowOf(world.movie.grab("mallory", 6), world.movie.last);

        Outcome outcome = run(this::audit);

        assertThat(outcome.moved()).isFalse();
        assertThat(outcome.report().findings()).isNotEmpty();
        assertThat(audits).isEqualTo(1);
    }

    @Test
    void grabsOfOtherActivitiesDoNotMatter() {
        insertRowOf(world.movie.grab("mallory", 6), world.movie.last);

        Outcome outcome = new LiveAudit(world.sources().withActivities(Set.of(world.movie.id)), () -> {
                    AuditReport report = audit();
                    world.gala.isRefused(world.gala.grab("late", 2));
                    return report;
                })
                .run(Duration.ZERO);

        assertThat(outcome.moved()).isFalse();
        assertThat(audits).isEqualTo(1);
    }

    @Test
    void aClaimOnItsWayIntoTheLogIsAMoveAsWell() {
        String outbox = new InventoryKeys(world.gala.id).outbox();

        Outcome outcome = run(() -> {
            if (audits == 0) {
                world.redis.xadd(outbox, Map.of("sequence", "2"));
            }
            return audit();
        });

        // The second time it has been there from the start, and so it is stuck.
        assertThat(audits).isEqualTo(2);
        assertThat(outcome.moved()).isFalse();
        assertThat(outcome.report().findings())
                .singleElement()
                .asString()
                .contains("the outbox is expected to be empty");
    }

    private Outcome run(Supplier<AuditReport> audit) {
        return new LiveAudit(world.sources(), audit).run(Duration.ZERO);
    }

    private AuditReport audit() {
        audits++;
        return world.audit();
    }

    /** To the audit it is the same: it has read the log without the grab, and the tickets with it. */
    private AuditReport auditWithAGrabInBetween() {
        TicketGrabbed grab = world.movie.grab("hal" + audits, 6);
        insertRowOf(grab, world.movie.last);
        AuditReport report = audit();
        TestLog.append(grab);
        return report;
    }

    /** Under the keys of others, one after the other, until one lies elsewhere; what goes astray before is a copy. */
    private void writeToAnotherPartition(TicketGrabbed grab) {
        byte[] value = TicketEventCodec.encode(grab);
        LogPosition written = world.movie.last;
        while (written.partition() == world.movie.last.partition()) {
            written = TestLog.appendRaw(TestIds.activity("other"), value);
        }
    }

    private void insertRowOf(TicketGrabbed grab, LogPosition position) {
        Won ticket = new Won(grab, position, world.movie.codes.get(grab.sequence()));
        World.run(world.tickets().insertOne(World.document(world.movie, ticket)));
    }
}
