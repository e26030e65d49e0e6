package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import dev.dibs.processor.Samples;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WinnerAddressesTest {
    private static final ActivityId OTHER = new ActivityId("movie-night-2");

    @TempDir
    private Path folder;

    private KeyValueStore<String, Integer> counts;
    private KeyValueStore<String, String> lists;

    @BeforeEach
    void openStores() {
        counts = Stored.in(folder, StateStores.WINNER_ADDRESSES);
        lists = Stored.in(folder, StateStores.TOP_ADDRESSES);
    }

    @ParameterizedTest
    @MethodSource("dev.dibs.processor.Seeds#some")
    void theListHasThoseWithMostAndTheirExactCounts(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> won = new HashMap<>();
        WinnerAddresses winners = new WinnerAddresses(counts, lists);
        for (int i = 0; i < 3_000; i++) {
            String address = "hash-" + (int) Math.abs(random.nextGaussian() * 60);
            won.merge(address, 1, Integer::sum);
            winners.won(Samples.ACTIVITY, address);
            winners.won(OTHER, "hash-" + i);
            if (i % 700 == 0) {
                // Whoever takes the stores over knows nothing else.
                winners = new WinnerAddresses(counts, lists);
            }
        }

        TopAddresses top = winners.top(Samples.ACTIVITY);

        assertThat(top.list()).as("seed %d", seed).hasSize(TopAddresses.KEPT).allSatisfy(listed -> {
            long exactly = won.remove(listed.addressHash());
            assertThat(listed).isEqualTo(new Address(listed.addressHash(), exactly, exactly));
        });
        assertThat(won.values()).as("seed %d", seed).allMatch(count -> count <= top.unlistedAtMost());
        assertThat(winners.top(OTHER).unlistedAtMost()).isEqualTo(1);
    }

    @Test
    void whoseAddressIsNotKnownIsNotCounted() {
        WinnerAddresses winners = new WinnerAddresses(counts, lists);

        winners.won(Samples.ACTIVITY, "");

        assertThat(winners.top(Samples.ACTIVITY)).isEqualTo(TopAddresses.NONE);
    }
}
