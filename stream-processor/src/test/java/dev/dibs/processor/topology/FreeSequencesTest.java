package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.Samples;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FreeSequencesTest {
    private static final ActivityId OTHER = new ActivityId("movie-night-2");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.dibs.processor.Seeds#some")
    void countsAsASetOfSequencesWould(long seed) {
        Random random = new Random(seed);
        FreeSequences free = new FreeSequences(Stored.in(folder, StateStores.FREE_SEQUENCES));
        free.issue(OTHER, 0, 150);
        BitSet issued = new BitSet();
        long counted = 0;
        int twice = 0;

        for (int i = 0; i < 400; i++) {
            int sequence = random.nextInt(200);
            twice += issued.get(sequence) ? 1 : 0;
            counted += free.issue(Samples.ACTIVITY, issued.length(), sequence);
            issued.set(sequence);

            assertThat(counted).as("seed %d, after %d", seed, i).isEqualTo(issued.length() - issued.cardinality());
        }

        assertThat(twice)
                .as("seed %d tries sequences that are not free any more", seed)
                .isPositive();
    }

    @Test
    void aSequenceFarAwayIsOneEntry() {
        var ranges = Stored.in(folder, StateStores.FREE_SEQUENCES);
        FreeSequences free = new FreeSequences(ranges);

        assertThat(free.issue(Samples.ACTIVITY, 0, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(free.issue(Samples.ACTIVITY, 1L + Integer.MAX_VALUE, 1_000)).isEqualTo(-1);

        assertThat(ranges.approximateNumEntries()).isEqualTo(2);
    }
}
