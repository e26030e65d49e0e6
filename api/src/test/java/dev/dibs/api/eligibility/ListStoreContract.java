package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.ids.ActivityId;
import java.time.Duration;

/** What every store of lists promises. */
final class ListStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ActivityId ONE = new ActivityId("one");
    private static final ActivityId TWO = new ActivityId("two");

    private ListStoreContract() {}

    private static String named(AccountSet accounts) {
        return ListName.of(7, accounts.hash());
    }

    static void aListIsReadAsItWasWrittenAlsoAcrossChunks(ListStore store) {
        for (int size : new int[] {0, 1, 4_096, 4_097, 70_000}) {
            AccountSet accounts = AccountSetTest.numbered(0, size);

            store.write(ONE, named(accounts), accounts).block(PATIENCE);
            store.write(ONE, named(accounts), accounts).block(PATIENCE);

            assertThat(store.size(ONE, named(accounts)).block(PATIENCE)).isEqualTo(size);
            assertThat(store.read(ONE, named(accounts)).block(PATIENCE).hash()).isEqualTo(accounts.hash());
        }
    }

    static void whatIsDeletedIsGoneAndNothingElseIs(ListStore store) {
        AccountSet accounts = AccountSetTest.numbered(0, 70_000);
        AccountSet others = AccountSetTest.numbered(5, 10);
        store.write(ONE, named(accounts), accounts).block(PATIENCE);
        store.write(TWO, named(accounts), accounts).block(PATIENCE);
        store.write(ONE, named(others), others).block(PATIENCE);

        store.delete(ONE, named(accounts)).block(PATIENCE);
        store.delete(ONE, named(accounts)).block(PATIENCE);

        assertThat(store.size(ONE, named(accounts)).block(PATIENCE)).isNull();
        assertThatThrownBy(() -> store.read(ONE, named(accounts)).block(PATIENCE))
                .isInstanceOf(LostListException.class);
        assertThat(store.read(TWO, named(accounts)).block(PATIENCE).size()).isEqualTo(70_000);
        assertThat(store.read(ONE, named(others)).block(PATIENCE).size()).isEqualTo(5);
    }

    static void whatIsNotWhatTheNameSaysIsNotTakenForTheList(ListStore store) {
        AccountSet accounts = AccountSetTest.numbered(0, 10);
        store.write(ONE, named(AccountSetTest.numbered(0, 9)), accounts).block(PATIENCE);

        assertThatThrownBy(() ->
                        store.read(ONE, named(AccountSetTest.numbered(0, 9))).block(PATIENCE))
                .isInstanceOf(LostListException.class);
    }
}
