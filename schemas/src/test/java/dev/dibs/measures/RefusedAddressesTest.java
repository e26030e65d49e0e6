package dev.dibs.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.Seeds;
import dev.dibs.measures.RefusedAddresses.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RefusedAddressesTest {

    static java.util.stream.LongStream seeds() {
        return Seeds.upTo(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAnyNumberOfSumsEachAddressIsWithinItsBoundsAndNoGreatOneIsMissing(long seed) {
        Random random = new Random(seed);
        Map<String, Long> truth = new TreeMap<>();
        RefusedAddresses sum = RefusedAddresses.NONE;
        for (int second = 0; second < 40; second++) {
            Map<String, Long> counted = second(random);
            counted.forEach((address, count) -> truth.merge(address, count, Long::sum));

            sum = sum.plus(exactly(counted));
        }

        assertThat(sum.list()).hasSize(RefusedAddresses.KEPT);
        for (Map.Entry<String, Long> address : truth.entrySet()) {
            List<Refused> listed = sum.list().stream()
                    .filter(refused -> refused.addressHash().equals(address.getKey()))
                    .toList();
            if (listed.isEmpty()) {
                assertThat(address.getValue()).isLessThanOrEqualTo(sum.unlistedAtMost());
            } else {
                assertThat(address.getValue())
                        .isBetween(listed.get(0).atLeast(), listed.get(0).atMost());
            }
        }
        assertThat(sum.list().get(0).addressHash()).isEqualTo("robot");
    }

    /** A crowd of which each comes a few times, and one robot. */
    private static Map<String, Long> second(Random random) {
        Map<String, Long> counted = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            counted.merge("address-" + random.nextInt(500), 1L + random.nextInt(3), Long::sum);
        }
        counted.put("robot", 40L + random.nextInt(20));
        return counted;
    }

    private static RefusedAddresses exactly(Map<String, Long> counted) {
        List<Refused> list = new ArrayList<>();
        counted.forEach((address, count) -> list.add(new Refused(address, count, count)));
        return new RefusedAddresses(list, 0);
    }

    @Test
    void withoutTheBoundOfTheUnlistedASumWouldBeTooSmall() {
        // One instance counts 9 of "late" but has room for greater ones only.
        List<Refused> great = IntStream.range(0, RefusedAddresses.KEPT)
                .mapToObj(i -> new Refused("great-" + i, 10, 10))
                .toList();
        List<Refused> all = new ArrayList<>(great);
        all.add(new Refused("late", 9, 9));

        RefusedAddresses sum =
                new RefusedAddresses(all, 0).plus(new RefusedAddresses(List.of(new Refused("late", 5, 5)), 0));

        assertThat(sum.list().get(0)).isEqualTo(new Refused("late", 5, 14));
        assertThat(new RefusedAddresses(great, 0)
                        .plus(new RefusedAddresses(List.of(new Refused("late", 5, 5)), 0))
                        .unlistedAtMost())
                .as("without it the 14 refusals would be told as 5 at most")
                .isEqualTo(5);
    }

    @Test
    void theOrderOfSummingDoesNotMatterWhileAllFit() {
        RefusedAddresses one = exactly(Map.of("a", 3L, "b", 1L));
        RefusedAddresses other = exactly(Map.of("b", 4L, "c", 2L));

        assertThat(one.plus(other)).isEqualTo(other.plus(one)).isEqualTo(exactly(Map.of("a", 3L, "b", 5L, "c", 2L)));
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> new Refused("a", 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Refused("", 1, 2)).isInstanceOf(IllegalArgumentException.class);
        List<Refused> twice = List.of(new Refused("a", 1, 1), new Refused("a", 1, 2));
        assertThatThrownBy(() -> new RefusedAddresses(twice, 0)).hasMessageContaining("once");
    }
}
