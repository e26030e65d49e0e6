package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.api.TestClock;
import dev.dibs.api.admission.Eligibility.Answer;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EligibilityListsTest {
    private static final ActivityId ID = new ActivityId("night");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final MemoryListStore store = new MemoryListStore();
    private final EligibilityLists lists = new EligibilityLists(catalogue, store, clock, 5, 0);

    @AfterEach
    void stop() {
        lists.stop();
    }

    private Activity saved(ActivityId id, AccountSet accounts) {
        Activity known = catalogue.find(id);
        Activity before = known != null
                ? known
                : TestActivities.of(id, ActivityState.PUBLISHED, clock.seconds(), clock.seconds() + 60, 1);
        String list = ListName.of(before.version() + 1, accounts.hash());
        store.lists().put(id + ":" + list, accounts);
        return catalogue.save(before.withEntry(Entry.OPEN.withList(list))).block();
    }

    private Answer ask(String account) {
        return lists.ask(catalogue.find(ID), Fingerprint.of(account));
    }

    private void awaitAnswer(String account, Answer answer) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(account)).isEqualTo(answer));
    }

    @Test
    void knowsItsListsBeforeItServes() {
        saved(ID, AccountSetTest.of("anna"));

        lists.start();

        assertThat(ask("anna")).isEqualTo(Answer.LISTED);
        assertThat(ask("berta")).isEqualTo(Answer.NOT_LISTED);
    }

    @Test
    void nothingIsKnownOfAnybodyUntilTheListIsThere() {
        saved(ID, AccountSetTest.of("anna"));
        store.goAway();

        lists.start();

        assertThat(ask("anna")).isEqualTo(Answer.UNKNOWN);
        assertThat(ask("berta")).isEqualTo(Answer.UNKNOWN);
        store.comeBack();
        awaitAnswer("anna", Answer.LISTED);
        awaitAnswer("berta", Answer.NOT_LISTED);
    }

    @Test
    void whatIsInMemoryNeedsNoStore() {
        saved(ID, AccountSetTest.of("anna"));
        lists.start();

        store.goAway();

        assertThat(ask("anna")).isEqualTo(Answer.LISTED);
        assertThat(ask("berta")).isEqualTo(Answer.NOT_LISTED);
    }

    @Test
    void aReplacedListIsNotAskedAnyMore() {
        saved(ID, AccountSetTest.of("anna"));
        lists.start();
        store.goAway();

        saved(ID, AccountSetTest.of("berta"));

        assertThat(ask("anna")).as("the old list is not in force").isEqualTo(Answer.UNKNOWN);
        assertThat(ask("berta")).as("the new one is not here yet").isEqualTo(Answer.UNKNOWN);
        store.comeBack();
        awaitAnswer("berta", Answer.LISTED);
        awaitAnswer("anna", Answer.NOT_LISTED);
    }

    @Test
    void whatWasPutHereStaysThoughTheStoreIsAwayAndAnOlderOneComesLate() {
        Activity first = saved(ID, AccountSetTest.of("anna"));
        lists.start();
        store.goAway();
        Activity second = saved(ID, AccountSetTest.of("berta"));

        lists.put(ID, second.entry().eligibilityList(), AccountSetTest.of("berta"));
        lists.put(ID, first.entry().eligibilityList(), AccountSetTest.of("anna"));

        await().during(Duration.ofMillis(1_500))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask("berta")).isEqualTo(Answer.LISTED));
        assertThat(ask("anna")).isEqualTo(Answer.NOT_LISTED);
    }

    @Test
    void aListThatIsNotWhatItsNameSaysLetsNobodyIn() {
        Activity activity = saved(ID, AccountSetTest.of("anna"));
        store.lists().put(ID + ":" + activity.entry().eligibilityList(), AccountSetTest.of("anna", "berta"));

        lists.start();

        assertThat(ask("berta")).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aListBeyondTheBoundIsNotTakenIntoMemoryUntilThereIsRoom() {
        ActivityId other = new ActivityId("other");
        saved(other, AccountSetTest.numbered(0, 4));
        lists.start();

        saved(ID, AccountSetTest.of("anna", "berta"));

        assertThat(lists.hasRoom(ID, 2)).isFalse();
        assertThat(lists.hasRoom(ID, 1)).isTrue();
        assertThat(ask("anna")).isEqualTo(Answer.UNKNOWN);
        catalogue.save(catalogue.find(other).withState(ActivityState.ENDED)).block();
        awaitAnswer("anna", Answer.LISTED);
    }

    @Test
    void theListOfASaleThatHasEndedIsForgotten() {
        saved(ID, AccountSetTest.of("anna"));
        lists.start();

        clock.goOn(Duration.ofSeconds(60));

        awaitAnswer("anna", Answer.UNKNOWN);
    }
}
