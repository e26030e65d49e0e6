package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseTest {
    @TempDir
    private Path folder;

    private static Exchange grab(long at, long took, int ret, String ticket) {
        List<Told> told = ticket.isEmpty() ? List.of() : List.of(new Told("a", ticket, "code-" + ticket));
        return new Exchange(at, took, 0, Operation.GRAB, "a", "u", "r", ret, told, "", "");
    }

    @Test
    void eachTicketThatWasConfirmedInItsTimeCountsOnce() {
        try (History history = new History(folder.resolve("history.jsonl"))) {
            history.add(grab(900, 50, Exchange.SUCCESS, "t0"));
            history.add(grab(1_000, 20, Exchange.SUCCESS, "t1"));
            history.add(grab(1_100, 5, Exchange.SUCCESS, "t1"));
            history.add(grab(1_200, 3, Exchange.SOLD_OUT, ""));
            history.add(grab(2_000, 700, Exchange.SUCCESS, "t2"));
            history.add(grab(2_900, 200, Exchange.SUCCESS, "t3"));

            Phase phase = Phase.of(history, 1_000, 3_000);

            assertThat(phase.confirmed()).isEqualTo(2);
            assertThat(phase.seconds()).isEqualTo(2);
            assertThat(phase.confirmedPerSecond()).isEqualTo(1);
            assertThat(phase.p99Millis()).isEqualTo(700);
        }
    }
}
