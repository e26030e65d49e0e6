package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Faults;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadsGoOnTest {
    @TempDir
    private Path folder;

    private final ReadsGoOn reads = new ReadsGoOn();
    private History history;

    @BeforeEach
    void open() {
        history = new History(folder.resolve("history.jsonl"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    private static List<Fault> faults(String... names) {
        return Stream.of(names)
                .map(name -> Faults.on(RedisKind.SENTINEL).get(name).get())
                .toList();
    }

    private void looks(int api, int count, int ret, Told... told) {
        for (int i = 0; i < count; i++) {
            history.add(
                    new Exchange(5_000 + i, 10, api, Operation.LIST, "sale", "anna", "", ret, List.of(told), "t1", ""));
        }
    }

    @Test
    void anInstanceThatShowsNothingWhileOnlyRedisIsAwayIsReported() {
        reads.broken(faults("redis-master-held"), 4_000, 9_000);
        looks(0, 8, Exchange.UNAVAILABLE);
        looks(0, 1, Exchange.SUCCESS);
        looks(1, 8, Exchange.UNAVAILABLE);
        looks(1, 1, Exchange.SUCCESS, new Told("sale", "t1", "code"));

        assertThat(reads.check(history))
                .containsExactly(
                        "G7 none of 9 looks at tickets at instance 0 showed one during redis-master-held, which"
                                + " broke Redis only");
    }

    @Test
    void nothingIsAskedOfAnInstanceWhileMoreIsBrokenOrBeforeAndAfter() {
        reads.broken(faults("redis-master-held", "documents-killed"), 4_000, 9_000);
        reads.broken(faults("redis-master-held"), 1_000, 4_000);
        reads.broken(faults("redis-master-held"), 6_000, 9_000);
        looks(0, 8, Exchange.UNAVAILABLE);

        assertThat(reads.check(history)).isEmpty();
    }
}
