package dev.dibs.api.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.accounts.AccountStore.Family;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** What every store of accounts promises; each promise is called by the tests of each store. */
final class AccountStoreContract {
    private static final String FAMILY = "0123456789abcdef";
    private static final String OTHER_FAMILY = "fedcba9876543210";

    private AccountStoreContract() {}

    /** All that can be seen by one caller alone. */
    static void keepsAll(AccountStore store) {
        thereIsOneAccountOfAName(store);
        whatIsStoredIsFound(store);
        onlyTheLatestTokenRotates(store);
        anExpiredTokenDoesNotRotate(store);
        anEndedFamilyIsOver(store);
        forgottenFamiliesGo(store);
        aFamilyKnowsWhereItBegan(store);
        allFamiliesEndAtOnce(store);
    }

    private static void thereIsOneAccountOfAName(AccountStore store) {
        UserId user = TestIds.user("twice");

        List<Boolean> created = Flux.range(0, 10)
                .flatMap(i -> store.create(user, "hash " + i, 1))
                .collectList()
                .block();

        assertThat(created).containsOnlyOnce(true).hasSize(10);
    }

    private static void whatIsStoredIsFound(AccountStore store) {
        UserId user = TestIds.user("found");
        assertThat(store.find(user).block()).isNull();

        store.create(user, "hash", 1).block();

        assertThat(store.find(user).block()).isEqualTo(new AccountStore.Account(user, "hash", Map.of()));
    }

    static void oneOfManyRotationsSucceeds(AccountStore store) {
        UserId user = withFamily(store, "raced");

        List<Boolean> rotated = Flux.fromStream(IntStream.range(0, 10).boxed())
                .flatMap(i -> store.rotate(user, FAMILY, "first", "next " + i, 50, 200))
                .collectList()
                .block();

        assertThat(rotated).containsOnlyOnce(true).hasSize(10);
    }

    private static void onlyTheLatestTokenRotates(AccountStore store) {
        UserId user = withFamily(store, "rotated");

        assertThat(store.rotate(user, FAMILY, "first", "second", 50, 200).block())
                .isTrue();
        assertThat(store.rotate(user, FAMILY, "first", "third", 50, 200).block())
                .isFalse();
        assertThat(store.rotate(user, FAMILY, "second", "third", 150, 300).block())
                .isTrue();
    }

    private static void anExpiredTokenDoesNotRotate(AccountStore store) {
        UserId user = withFamily(store, "expired");

        assertThat(store.rotate(user, FAMILY, "first", "second", 100, 200).block())
                .isFalse();
    }

    private static void anEndedFamilyIsOver(AccountStore store) {
        UserId user = withFamily(store, "ended");

        assertThat(store.endFamily(user, FAMILY).block()).isTrue();

        assertThat(store.endFamily(user, FAMILY).block()).isFalse();
        assertThat(store.endFamily(TestIds.user("unknown"), FAMILY).block()).isFalse();
        assertThat(store.rotate(user, FAMILY, "first", "second", 50, 200).block())
                .isFalse();
        assertThat(store.find(user).block().families()).isEmpty();
    }

    private static void forgottenFamiliesGo(AccountStore store) {
        UserId user = withFamily(store, "forgotten");

        store.addFamily(user, OTHER_FAMILY, new Family(300, ""), "other", Set.of(FAMILY))
                .block();

        assertThat(store.find(user).block().families()).containsOnlyKeys(OTHER_FAMILY);
    }

    private static void aFamilyKnowsWhereItBegan(AccountStore store) {
        UserId user = withFamily(store, "placed");

        store.rotate(user, FAMILY, "first", "second", 50, 200).block();

        assertThat(store.find(user).block().families()).containsOnly(Map.entry(FAMILY, new Family(200, "at home")));
    }

    private static void allFamiliesEndAtOnce(AccountStore store) {
        UserId user = withFamily(store, "all");
        store.addFamily(user, OTHER_FAMILY, new Family(300, ""), "other", List.of())
                .block();

        store.endFamilies(user).block();
        store.endFamilies(TestIds.user("unknown")).block();

        assertThat(store.find(user).block().families()).isEmpty();
        assertThat(store.rotate(user, FAMILY, "first", "second", 50, 200).block())
                .isFalse();
    }

    /** One whose first token expires at 100. */
    private static UserId withFamily(AccountStore store, String name) {
        UserId user = TestIds.user(name);
        store.addFamily(user, FAMILY, new Family(100, "at home"), "first", List.of())
                .block();
        return user;
    }
}
