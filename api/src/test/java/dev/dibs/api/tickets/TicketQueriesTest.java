package dev.dibs.api.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.access.Principal;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketQueriesTest {
    private static final TicketKind KIND = new TicketKind("standard");
    private static final ActivityId NOW_ON_SALE = new ActivityId("now-on-sale");
    private static final ActivityId LAST_YEAR = new ActivityId("last-year");

    private final UserId alice = new UserId("alice");
    private final Principal owner = Principal.of(alice, Set.of());
    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private final FakeTickets tickets = new FakeTickets(KIND);
    private final TicketQueries queries = tickets.queries(ledger);

    @BeforeEach
    void openSale() {
        ledger.open(NOW_ON_SALE, 100, 100);
    }

    @Test
    void aTicketThatIsOnlyInTheLogIsThereWithItsCode() {
        TicketId won = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(page.tickets())
                .containsExactly(new OwnedTicket(won, NOW_ON_SALE, 7, KIND, "CODE-7", 1_000, Holding.Use.UNUSED));
        assertThat(page.hasMore()).isFalse();
        assertThat(queries.find(owner, won).block()).isEqualTo(page.tickets().get(0));
    }

    @Test
    void aTicketThatBothHaveIsListedOnceAsTheLogHasIt() {
        TicketId won = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);
        tickets.project(alice, new OwnedTicket(won, NOW_ON_SALE, 7, KIND, "CODE-7", 1_000, Holding.Use.UNUSED));

        ledger.redeem(NOW_ON_SALE, 7, won);

        assertThat(queries.page(owner, 1, 20).block().tickets())
                .extracting(OwnedTicket::use)
                .containsExactly(Holding.Use.REDEEMED);
    }

    @Test
    void whatAnotherInstanceHasConfirmedAMomentAgoIsListed() {
        ledger.standStill();
        TicketId won = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);

        assertThat(ids(queries.page(owner, 1, 20).block())).containsExactly(won);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherInstanceHasConfirmedAMomentAgoIsFound(boolean projectionIsThere) {
        ledger.standStill();
        TicketId won = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);
        if (!projectionIsThere) {
            tickets.goAway();
        }

        assertThat(queries.find(owner, won).block())
                .isEqualTo(new OwnedTicket(won, NOW_ON_SALE, 7, KIND, "CODE-7", 1_000, Holding.Use.UNUSED));
    }

    /** As without the look at what the others have written. */
    @Test
    void whereTheLogCannotBeReadWhatIsKnownIsToldAndMayNotBeAll() {
        TicketId before = ledger.grab(NOW_ON_SALE, 6, alice, 900);
        TicketId old = project(LAST_YEAR, 100);
        ledger.loseSight();
        TicketId unseen = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(before, old);
        assertThat(page.complete()).isFalse();
        assertThat(queries.find(owner, before).block()).isNotNull();
        assertThat(queries.find(owner, old).block()).isNotNull();
        assertThatThrownBy(() -> queries.find(owner, unseen).block()).hasMessage("The log was not read to its end");
    }

    /** Tickets are in the order of their claims: one that was confirmed late stands behind a later one. */
    @Test
    void whatAnotherInstanceHasConfirmedLateIsOnALaterPage() {
        ledger.grab(NOW_ON_SALE, 7, alice, 2_000);
        String lastId = queries.page(owner, 1, 1).block().lastId();
        ledger.standStill();
        TicketId late = ledger.grab(NOW_ON_SALE, 6, alice, 1_000);

        assertThat(ids(queries.after(owner, lastId, 1).block())).containsExactly(late);
    }

    @Test
    void oldTicketsStandBehindNewOnes() {
        TicketId old = project(LAST_YEAR, 100);
        TicketId won = ledger.grab(NOW_ON_SALE, 0, alice, 1_000);

        assertThat(ids(queries.page(owner, 1, 20).block())).containsExactly(won, old);
    }

    @Test
    void pagesMeetWithoutGapAndWithoutOverlap() {
        for (int i = 0; i < 15; i++) {
            // Some at the same millisecond, some in both sources.
            TicketId won = ledger.grab(NOW_ON_SALE, i, alice, 1_000 + i / 3);
            if (i % 2 == 0) {
                tickets.project(
                        alice,
                        new OwnedTicket(won, NOW_ON_SALE, i, KIND, "CODE-" + i, 1_000 + i / 3, Holding.Use.UNUSED));
            }
            project(LAST_YEAR, 1_000 + i / 3);
        }

        List<TicketId> byNumber = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            byNumber.addAll(ids(queries.page(owner, number, 7).block()));
        }
        List<TicketId> byCursor = new ArrayList<>();
        TicketPage page = queries.page(owner, 1, 7).block();
        byCursor.addAll(ids(page));
        while (page.hasMore()) {
            page = queries.after(owner, page.lastId(), 7).block();
            byCursor.addAll(ids(page));
        }

        assertThat(byNumber).hasSize(30).doesNotHaveDuplicates();
        assertThat(byCursor).isEqualTo(byNumber);
    }

    @Test
    void withoutTheProjectionTheTicketsOfTheLogAreAnsweredAndMayNotBeAll() {
        TicketId won = ledger.grab(NOW_ON_SALE, 0, alice, 1_000);
        project(LAST_YEAR, 100);
        tickets.goAway();

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(won);
        assertThat(page.complete()).isFalse();
        assertThat(page.hasMore()).isTrue();
    }

    /** While MongoDB is away: what is over has no codes in Redis any more, what is running has. */
    @Test
    void aTicketWhoseCodeIsAwayHidesNoOther() {
        ledger.open(LAST_YEAR, 100, 100);
        ledger.grab(LAST_YEAR, 3, alice, 100);
        TicketId won = ledger.grab(NOW_ON_SALE, 0, alice, 1_000);
        TicketId wonBefore = ledger.grab(NOW_ON_SALE, 1, alice, 50);
        tickets.takeCodesAway(LAST_YEAR);
        tickets.goAway();

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(won, wonBefore);
        assertThat(page.complete()).isFalse();
    }

    @Test
    void thatATicketIsLeftOutIsSaidThoughTheProjectionIsThere() {
        ledger.grab(NOW_ON_SALE, 0, alice, 1_000);
        TicketId old = project(LAST_YEAR, 100);
        tickets.takeCodesAway(NOW_ON_SALE);

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(old);
        assertThat(page.complete()).isFalse();
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void aPageOfWhichNoTicketCanBeReadIsNoEmptyOne() {
        ledger.grab(NOW_ON_SALE, 0, alice, 1_000);
        tickets.takeCodesAway(NOW_ON_SALE);

        assertThatThrownBy(() -> queries.page(owner, 1, 20).block()).hasMessage("codes away");
    }

    @Test
    void anOldTicketWhoseKeyIsGoneHidesNoOther() {
        TicketId newer = project(NOW_ON_SALE, 300);
        TicketId lost = project(LAST_YEAR, 200);
        TicketId older = project(NOW_ON_SALE, 100);
        tickets.loseKeyOf(LAST_YEAR);

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(newer, older);
        assertThat(page.complete()).isFalse();
        assertThat(page.hasMore()).isFalse();
        assertThatThrownBy(() -> queries.find(owner, lost).block()).hasMessage("key is gone");
    }

    @Test
    void aTicketWhoseKeyIsGoneInTheProjectionIsToldFromTheCodesOfTheLog() {
        TicketId won = ledger.grab(NOW_ON_SALE, 7, alice, 1_000);
        tickets.project(alice, new OwnedTicket(won, NOW_ON_SALE, 7, KIND, "CODE-7", 1_000, Holding.Use.UNUSED));
        tickets.loseKeyOf(NOW_ON_SALE);

        TicketPage page = queries.page(owner, 1, 20).block();

        assertThat(ids(page)).containsExactly(won);
        assertThat(page.complete()).isTrue();
    }

    @Test
    void aPageOfWhichNoTicketCanBeReadIsPassedByItsCursor() {
        project(LAST_YEAR, 300);
        project(LAST_YEAR, 200);
        TicketId behind = project(NOW_ON_SALE, 100);
        tickets.loseKeyOf(LAST_YEAR);

        TicketPage unreadable = queries.page(owner, 1, 2).block();

        assertThat(unreadable.tickets()).isEmpty();
        assertThat(unreadable.complete()).isFalse();
        assertThat(unreadable.hasMore()).isTrue();
        assertThat(ids(queries.after(owner, unreadable.lastId(), 2).block())).containsExactly(behind);
    }

    @Test
    void theLastPageIsNoEmptyOneWhereNoneOfItCanBeRead() {
        project(NOW_ON_SALE, 300);
        project(LAST_YEAR, 200);
        tickets.loseKeyOf(LAST_YEAR);
        String lastId = queries.page(owner, 1, 1).block().lastId();

        assertThatThrownBy(() -> queries.after(owner, lastId, 1).block()).hasMessage("key is gone");
    }

    /** Whether there is anything behind them is not known either. */
    @Test
    void withoutTheProjectionUnreadableTicketsOfTheLogAreNoEmptyPage() {
        ledger.grab(NOW_ON_SALE, 0, alice, 1_000);
        tickets.takeCodesAway(NOW_ON_SALE);
        tickets.goAway();

        assertThatThrownBy(() -> queries.page(owner, 1, 20).block()).hasMessage("codes away");
    }

    @Test
    void whereNothingCanBeKnownNothingIsClaimed() {
        project(LAST_YEAR, 100);
        tickets.goAway();

        assertThatThrownBy(() -> queries.page(owner, 1, 20).block()).hasMessage("away");
        assertThatThrownBy(() ->
                        queries.find(owner, new TicketId(UUID.randomUUID())).block())
                .hasMessage("away");
    }

    @Test
    void aTicketOfSomebodyElseIsNotThere() {
        TicketId bobs = ledger.grab(NOW_ON_SALE, 0, new UserId("bobby"), 1_000);

        assertThat(queries.find(owner, bobs).block()).isNull();
        assertThat(queries.page(owner, 1, 20).block()).isEqualTo(new TicketPage(List.of(), false, true, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "OmE", "MTIz", "MTI6YQ"})
    void aCursorThatNoPageHasHadIsRefused(String lastId) {
        assertThatThrownBy(() -> queries.after(owner, lastId, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private TicketId project(ActivityId activityId, long grabbedAt) {
        TicketId id = new TicketId(UUID.randomUUID());
        tickets.project(alice, new OwnedTicket(id, activityId, 3, KIND, "OLD", grabbedAt, Holding.Use.UNUSED));
        return id;
    }

    private static List<TicketId> ids(TicketPage page) {
        return page.tickets().stream().map(OwnedTicket::ticketId).toList();
    }
}
