package dev.dibs.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.Seeds;
import dev.dibs.measures.TopAddresses.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TopAddressesTest {

    static java.util.stream.LongStream seeds() {
        return Seeds.upTo(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAnyNumberOfSumsEachAddressIsWithinItsBoundsAndNoGreatOneIsMissing(long seed) {
        Random random = new Random(seed);
        Map<String, Long> truth = new TreeMap<>();
        TopAddresses sum = TopAddresses.NONE;
        for (int second = 0; second < 40; second++) {
            Map<String, Long> counted = second(random);
            counted.forEach((address, count) -> truth.merge(address, count, Long::sum));

            sum = sum.plus(exactly(counted));
        }

        assertThat(sum.list()).hasSize(TopAddresses.KEPT);
        for (Map.Entry<String, Long> address : truth.entrySet()) {
            List<Address> listed = sum.list().stream()
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

    private static TopAddresses exactly(Map<String, Long> counted) {
        List<Address> list = new ArrayList<>();
        counted.forEach((address, count) -> list.add(new Address(address, count, count)));
        return new TopAddresses(list, 0);
    }

    @Test
    void withoutTheBoundOfTheUnlistedASumWouldBeTooSmall() {
        // One instance counts 9 of "late" but has room for greater ones only.
        List<Address> great = IntStream.range(0, TopAddresses.KEPT)
                .mapToObj(i -> new Address("great-" + i, 10, 10))
                .toList();
        List<Address> all = new ArrayList<>(great);
        all.add(new Address("late", 9, 9));

        TopAddresses sum = new TopAddresses(all, 0).plus(new TopAddresses(List.of(new Address("late", 5, 5)), 0));

        assertThat(sum.list().get(0)).isEqualTo(new Address("late", 5, 14));
        assertThat(new TopAddresses(great, 0)
                        .plus(new TopAddresses(List.of(new Address("late", 5, 5)), 0))
                        .unlistedAtMost())
                .as("without it the 14 refusals would be told as 5 at most")
                .isEqualTo(5);
    }

    @Test
    void theOrderOfSummingDoesNotMatterWhileAllFit() {
        TopAddresses one = exactly(Map.of("a", 3L, "b", 1L));
        TopAddresses other = exactly(Map.of("b", 4L, "c", 2L));

        assertThat(one.plus(other)).isEqualTo(other.plus(one)).isEqualTo(exactly(Map.of("a", 3L, "b", 5L, "c", 2L)));
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> new Address("a", 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Address("", 1, 2)).isInstanceOf(IllegalArgumentException.class);
        List<Address> twice = List.of(new Address("a", 1, 1), new Address("a", 1, 2));
        assertThatThrownBy(() -> new TopAddresses(twice, 0)).hasMessageContaining("once");
    }
}
