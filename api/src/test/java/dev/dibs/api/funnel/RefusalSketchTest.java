package dev.dibs.api.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RefusalSketchTest {

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.of(System.nanoTime()));
    }

    @Test
    void aFewAddressesAreCountedExactlyAndLeaveHashed() {
        RefusalSketch sketch = new RefusalSketch();
        sketch.refused("10.0.0.1");
        sketch.refused("10.0.0.2");
        sketch.refused("10.0.0.2");
        sketch.refused(null);
        sketch.refused("");

        TopAddresses taken = sketch.take(address -> "hash of " + address.substring(7));

        assertThat(taken)
                .isEqualTo(
                        new TopAddresses(List.of(new Address("hash of 2", 2, 2), new Address("hash of 1", 1, 1)), 0));
        assertThat(sketch.take(address -> address)).isEqualTo(TopAddresses.NONE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void howeverManyAddressesThereAreTheBoundsHoldAndWhoeverStandsOutIsListed(long seed) {
        Random random = new Random(seed);
        RefusalSketch sketch = new RefusalSketch();
        Map<String, Long> truth = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            String address = i % 20 == 0 ? "robot-" + random.nextInt(3) : "crowd-" + random.nextInt(20_000);
            truth.merge(address, 1L, Long::sum);
            sketch.refused(address);
        }

        TopAddresses taken = sketch.take(address -> address);

        assertThat(taken.list()).as("seed %d", seed).hasSize(TopAddresses.KEPT);
        assertThat(taken.list().subList(0, 3))
                .extracting(Address::addressHash)
                .containsExactlyInAnyOrder("robot-0", "robot-1", "robot-2");
        assertThat(taken.list())
                .allSatisfy(refused ->
                        assertThat(truth.get(refused.addressHash())).isBetween(refused.atLeast(), refused.atMost()));
        taken.list().forEach(refused -> truth.remove(refused.addressHash()));
        assertThat(truth.values()).allMatch(count -> count <= taken.unlistedAtMost());
    }

    @Test
    void threadsThatCountAtTheSameTimeLoseNothing() throws Exception {
        RefusalSketch sketch = new RefusalSketch();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<Void> counting = () -> {
            IntStream.range(0, 10_000).forEach(i -> sketch.refused("address-" + i % 10));
            return null;
        };

        for (var done : threads.invokeAll(List.of(counting, counting, counting, counting))) {
            done.get();
        }

        threads.shutdown();
        assertThat(sketch.take(address -> address).list())
                .hasSize(10)
                .allSatisfy(refused -> assertThat(refused).isEqualTo(new Address(refused.addressHash(), 4_000, 4_000)));
    }
}
