package dev.dibs.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a shell that counts. */
class MemberIT {
    @TempDir
    private Path folder;

    private Path pids;
    private Member member;

    @BeforeEach
    void create() throws IOException {
        pids = Files.createDirectories(folder.resolve("pids"));
        member = counting("counter");
    }

    @AfterEach
    void end() {
        member.retire();
    }

    private Member counting(String name) {
        return new Member(
                name,
                folder.resolve(name),
                pids,
                Launch.of(List.of("sh", "-c", "while true; do echo $DIBS_WHO-$OTHER; sleep 0.05; done")),
                () -> true);
    }

    private long lines() throws IOException {
        return Files.exists(member.logFile())
                ? Files.readAllLines(member.logFile()).size()
                : 0;
    }

    private void awaitMoreThan(long lines) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines() > lines);
    }

    @Test
    void whoIsHeldStandsStillAndGoesOnAsTheSameProcess() throws IOException {
        member.start();
        awaitMoreThan(0);
        long pid = member.pid().getAsLong();

        member.hold();
        long held = lines();
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> lines() <= held + 1);
        member.letGo();

        awaitMoreThan(held + 1);
        assertThat(member.pid()).hasValue(pid);
    }

    @Test
    void whoIsKilledWhileHeldIsGoneAndCanBeStartedAgain() {
        member.start();
        awaitMoreThan(0);
        long first = member.pid().getAsLong();
        member.hold();

        member.kill();

        assertThat(member.isAlive()).isFalse();
        assertThat(pids).isEmptyDirectory();
        member.start();
        assertThat(member.pid().getAsLong()).isNotEqualTo(first);
        assertThat(member.endedByItself()).isZero();
    }

    @Test
    void whoEndsByItselfIsStartedAgainAndCounted() {
        member.start();
        Signals.send("KILL", member.pid().getAsLong());
        Awaitility.await().until(() -> !member.isAlive());

        member.reviveIfEnded();

        assertThat(member.isAlive()).isTrue();
        assertThat(member.endedByItself()).isEqualTo(1);
    }

    @Test
    void whetherThereWasAnybodyToStrikeIsTold() {
        member.start();
        assertThat(member.hold()).isTrue();
        assertThat(member.kill()).isTrue();

        assertThat(member.kill()).isFalse();
        assertThat(member.hold()).isFalse();
        assertThat(member.stop()).isFalse();
        member.start();
        assertThat(member.stop()).isTrue();
    }

    @Test
    void whoIsRetiredIsNotStartedAnyMore() {
        member.start();

        member.retire();

        assertThat(member.isAlive()).isFalse();
        assertThatThrownBy(member::start).isInstanceOf(ClusterException.class);
        member.reviveIfEnded();
        assertThat(member.isAlive()).isFalse();
    }

    @Test
    void aProcessThatIsHeldDoesNotOutliveTheProgram() {
        member.start();
        member.hold();
        long pid = member.pid().getAsLong();
        LastRites rites = new LastRites(pids);

        rites.programEnds();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
