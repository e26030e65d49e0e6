package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever knows one ticket's id, and when the next was won, knows nothing of the next one's id. */
class TicketIdsTest {
    private static final int IDS = 4_096;
    /** 12 bits behind the version, 62 behind the variant. */
    private static final long RANDOM_HIGH = 0xFFFL;

    private static final long RANDOM_LOW = ~0L >>> 2;

    private final TimeBasedEpochRandomGenerator ids = new GrabConfiguration().ticketIds();
    private final List<UUID> generated =
            Stream.generate(ids::generate).limit(IDS).toList();

    @Test
    void theyAreUuidsOfVersion7() {
        assertThat(generated).allMatch(id -> id.version() == 7 && id.variant() == 2);
    }

    @Test
    void everyBitBehindTheTimeIsAsOftenSetAsNot() {
        for (int bit = 0; bit < 62; bit++) {
            long mask = 1L << bit;
            assertThat(generated.stream().filter(id -> (id.getLeastSignificantBits() & mask) != 0))
                    .as("bit %d", bit)
                    // Ten standard deviations: a fair bit is outside once in 10^23.
                    .hasSizeBetween(IDS / 2 - 320, IDS / 2 + 320);
        }
        for (int bit = 0; bit < 12; bit++) {
            long mask = 1L << bit;
            assertThat(generated.stream().filter(id -> (id.getMostSignificantBits() & mask) != 0))
                    .as("bit %d", bit)
                    .hasSizeBetween(IDS / 2 - 320, IDS / 2 + 320);
        }
    }

    @Test
    void oneIsNotTheOneBeforeCountedOn() {
        long near = 0;
        for (int i = 1; i < IDS; i++) {
            long difference = Math.abs((generated.get(i).getLeastSignificantBits() & RANDOM_LOW)
                    - (generated.get(i - 1).getLeastSignificantBits() & RANDOM_LOW));
            near += difference < 1L << 32 ? 1 : 0;
        }

        assertThat(near).isZero();
        assertThat(generated.stream()
                        .map(id -> id.getMostSignificantBits() & RANDOM_HIGH)
                        .distinct())
                .hasSizeGreaterThan(IDS / 4);
    }
}
