package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ledger.Fingerprint;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSetTest {

    static AccountSet of(String... accounts) {
        AccountCollector collector = new AccountCollector();
        for (String account : accounts) {
            collector.add(Fingerprint.of(account));
        }
        return collector.toSet();
    }

    static AccountSet numbered(int from, int to) {
        return of(IntStream.range(from, to).mapToObj(i -> "user-" + i).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1_000, 20_000})
    void knowsWhoIsInItAndNobodyElse(int size) {
        AccountSet accounts = numbered(0, size);

        assertThat(accounts.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            assertThat(accounts.contains(Fingerprint.of("user-" + i))).isTrue();
            assertThat(accounts.contains(Fingerprint.of("other-" + i))).isFalse();
        }
    }

    @Test
    void theEmptySetHasNobody() {
        assertThat(AccountSet.empty().size()).isZero();
        assertThat(AccountSet.empty().contains(Fingerprint.of("anna"))).isFalse();
        assertThat(AccountSet.empty().contains(new Fingerprint(-1, -1))).isFalse();
    }

    @Test
    void theEdgesOfAllFingerprintsHaveTheirPlace() {
        List<Fingerprint> edges = List.of(
                new Fingerprint(0, 0),
                new Fingerprint(0, -1),
                new Fingerprint(Long.MAX_VALUE, 1),
                new Fingerprint(Long.MIN_VALUE, 1),
                new Fingerprint(-1, 0),
                new Fingerprint(-1, -1));
        AccountCollector collector = new AccountCollector();
        edges.forEach(collector::add);

        AccountSet accounts = collector.toSet();

        assertThat(edges).allMatch(accounts::contains);
        assertThat(accounts.contains(new Fingerprint(0, 1))).isFalse();
        assertThat(accounts.contains(new Fingerprint(-1, 1))).isFalse();
    }

    @Test
    void theSameAccountsInAnyOrderAndRepeatedAreTheSameList() {
        AccountSet one = of("anna", "berta", "carla");

        AccountSet other = of("carla", "anna", "berta", "anna");

        assertThat(other.size()).isEqualTo(3);
        assertThat(other.hash()).isEqualTo(one.hash()).matches("[0-9a-f]{32}");
        assertThat(of("anna", "berta").hash()).isNotEqualTo(one.hash());
    }

    @Test
    void addsAndRemovesLikeASetOfTexts() {
        long seed = Long.getLong("dibs.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<Integer> expected = new HashSet<>();
        AccountSet accounts = AccountSet.empty();
        for (int step = 0; step < 200; step++) {
            Set<Integer> some = new HashSet<>();
            random.ints(random.nextInt(20), 0, 300).forEach(some::add);
            AccountSet change = of(some.stream().map(i -> "user-" + i).toArray(String[]::new));
            if (random.nextBoolean()) {
                accounts = accounts.plus(change);
                expected.addAll(some);
            } else {
                accounts = accounts.minus(change);
                expected.removeAll(some);
            }
        }

        AccountSet fresh = of(expected.stream().map(i -> "user-" + i).toArray(String[]::new));
        assertThat(accounts.hash()).as("-Ddibs.seed=" + seed).isEqualTo(fresh.hash());
        for (int i = 0; i < 300; i++) {
            assertThat(accounts.contains(Fingerprint.of("user-" + i)))
                    .as("user-%d, -Ddibs.seed=%d", i, seed)
                    .isEqualTo(expected.contains(i));
        }
    }
}
