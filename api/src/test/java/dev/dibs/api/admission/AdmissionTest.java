package dev.dibs.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import dev.dibs.activity.TicketType;
import dev.dibs.api.access.Principal;
import dev.dibs.api.admission.Admission.Decision;
import dev.dibs.api.admission.Admission.Decision.AlreadyGranted;
import dev.dibs.api.admission.Admission.Decision.LimitReached;
import dev.dibs.api.admission.Admission.Decision.Plain;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final ActivityId ID = new ActivityId("a");
    private static final TicketKind KIND = new TicketKind("standard");
    private static final Principal ANNA = Principal.of(new UserId("anna"), Set.of("buyer"));
    private static final Principal MEMBER = Principal.of(new UserId("anna"), Set.of("buyer", "member"));
    private static final String LIST = "1-0123456789abcdef0123456789abcdef";
    private static final long OPENS = 1_000;
    private static final long CLOSES = 2_000;
    private static final long DURING = 1_500_000;

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private Eligibility.Answer onTheList = Eligibility.Answer.UNKNOWN;
    private final Eligibility lists = (activity, user) -> onTheList;
    private long offset;

    private static Activity activity(ActivityState activityState, String requiredRole) {
        TicketType ticket = new TicketType(KIND, "A ticket", "", "", 0, 10_000);
        return new Activity(
                ID,
                "An activity",
                "",
                "",
                OPENS,
                CLOSES,
                1,
                requiredRole,
                List.of(ticket),
                activityState,
                1,
                0,
                Entry.OPEN);
    }

    private static Principal withDepartments(String... departments) {
        return Principal.of(ANNA.userId(), Set.of("buyer"), Map.of("department", Set.of(departments)));
    }

    private static Activity published() {
        return activity(ActivityState.PUBLISHED, "");
    }

    private void opened(int stock, int limit) {
        ledger.apply(offset++, new StockAdded(UUID.randomUUID(), 1, ID, 0, stock, KIND, new ImportId("i")));
        ledger.apply(offset++, new EpochOpened(UUID.randomUUID(), 1, ID, "n", "f", limit));
    }

    private void granted(String user, String request, int sequence) {
        TicketId ticketId = new TicketId(UUID.randomUUID());
        ledger.apply(
                offset++,
                new TicketGrabbed(ID, 1, sequence, ticketId, new UserId(user), new RequestId(request), 1, 1, KIND, ""));
    }

    private MemoryActivityAccount account() {
        return state.accountIfPresent(ID);
    }

    private Decision decide(Activity activity, Principal principal, String request, long now) {
        return Admission.decide(
                activity, account(), principal, request == null ? null : new RequestId(request), lists, now);
    }

    @Test
    void letsPassWhomMemoryKnowsNothingAgainst() {
        opened(1, 1);

        assertThat(decide(published(), ANNA, "r", DURING)).isEqualTo(Plain.PROCEED);
    }

    @Test
    void letsPassBeforeAnythingOfTheActivityHasBeenFolded() {
        assertThat(decide(published(), ANNA, "r", DURING)).isEqualTo(Plain.PROCEED);
    }

    @Test
    void aDraftIsAsUnknownAsAnActivityThatDoesNotExist() {
        assertThat(decide(null, ANNA, "r", DURING)).isEqualTo(Plain.NO_SUCH_ACTIVITY);
        assertThat(decide(activity(ActivityState.DRAFT, ""), ANNA, "r", DURING)).isEqualTo(Plain.NO_SUCH_ACTIVITY);
    }

    @Test
    void theWindowIncludesItsFirstMillisecondAndNotItsLast() {
        opened(1, 1);

        assertThat(decide(published(), ANNA, "r", OPENS * 1_000 - 1)).isEqualTo(Plain.NOT_STARTED);
        assertThat(decide(published(), ANNA, "r", OPENS * 1_000)).isEqualTo(Plain.PROCEED);
        assertThat(decide(published(), ANNA, "r", CLOSES * 1_000 - 1)).isEqualTo(Plain.PROCEED);
        assertThat(decide(published(), ANNA, "r", CLOSES * 1_000)).isEqualTo(Plain.ENDED);
    }

    @Test
    void whatTheOperatorEndedIsEndedAlsoWithinItsWindow() {
        opened(1, 1);

        assertThat(decide(activity(ActivityState.ENDED, ""), ANNA, "r", DURING)).isEqualTo(Plain.ENDED);
    }

    @Test
    void aPauseRefusesOnlyWithinTheWindow() {
        opened(1, 1);
        Activity paused = activity(ActivityState.PAUSED, "");

        assertThat(decide(paused, ANNA, "r", DURING)).isEqualTo(Plain.PAUSED);
        assertThat(decide(paused, ANNA, "r", 0)).isEqualTo(Plain.NOT_STARTED);
        assertThat(decide(paused, ANNA, "r", CLOSES * 1_000)).isEqualTo(Plain.ENDED);
    }

    @Test
    void onlyWhoHasTheRequiredRoleIsEligible() {
        opened(1, 1);
        Activity forMembers = activity(ActivityState.PUBLISHED, "member");

        assertThat(decide(forMembers, ANNA, "r", DURING)).isEqualTo(Plain.NOT_ELIGIBLE);
        assertThat(decide(forMembers, MEMBER, "r", DURING)).isEqualTo(Plain.PROCEED);
    }

    @Test
    void onlyWhoseTokenHasTheRequiredClaimIsEligible() {
        opened(1, 1);
        RequiredClaim claim = new RequiredClaim("department", "sales");
        Activity forSales = published().withEntry(new Entry(Optional.of(claim), "", Gate.OPEN));
        Principal seller = withDepartments("marketing", "sales");

        assertThat(decide(forSales, ANNA, "r", DURING)).isEqualTo(Plain.NOT_ELIGIBLE);
        assertThat(decide(forSales, withDepartments("salesforce"), "r", DURING)).isEqualTo(Plain.NOT_ELIGIBLE);
        assertThat(decide(forSales, seller, "r", DURING)).isEqualTo(Plain.PROCEED);
    }

    @Test
    void onlyWhoIsOnTheListIsEligibleAndNobodyWhileItIsUnknown() {
        opened(1, 1);
        Activity listed = published().withEntry(Entry.OPEN.withList(LIST));

        onTheList = Eligibility.Answer.NOT_LISTED;
        assertThat(decide(listed, ANNA, "r", DURING)).isEqualTo(Plain.NOT_ELIGIBLE);
        onTheList = Eligibility.Answer.LISTED;
        assertThat(decide(listed, ANNA, "r", DURING)).isEqualTo(Plain.PROCEED);
        onTheList = Eligibility.Answer.UNKNOWN;
        assertThat(decide(listed, ANNA, "r", DURING)).isEqualTo(Plain.ELIGIBILITY_UNKNOWN);
        assertThat(decide(published(), ANNA, "r", DURING))
                .as("without a list nothing has to be known")
                .isEqualTo(Plain.PROCEED);
    }

    @Test
    void whoHasWonKeepsTheAnswerAlsoWhenTakenOffTheList() {
        opened(1, 1);
        granted("anna", "r1", 0);
        onTheList = Eligibility.Answer.NOT_LISTED;

        assertThat(decide(published().withEntry(Entry.OPEN.withList(LIST)), ANNA, "r1", DURING))
                .isInstanceOf(AlreadyGranted.class);
    }

    @Test
    void isSoldOutOnceTheLedgerHasGrantedAll() {
        opened(1, 1);
        assertThat(decide(published(), ANNA, "r", DURING)).isEqualTo(Plain.PROCEED);

        granted("berta", "r", 0);

        assertThat(decide(published(), ANNA, "r", DURING)).isEqualTo(Plain.SOLD_OUT);
    }

    @Test
    void whoHoldsAllThatTheLimitAllowsIsToldTheLatest() {
        opened(5, 2);
        granted("anna", "r1", 0);
        assertThat(decide(published(), ANNA, "r2", DURING)).isEqualTo(Plain.PROCEED);

        granted("anna", "r2", 3);

        assertThat(decide(published(), ANNA, "r3", DURING))
                .isInstanceOfSatisfying(
                        LimitReached.class,
                        reached -> assertThat(reached.latest().sequence()).isEqualTo(3));
        assertThat(decide(published(), ANNA, null, DURING)).isInstanceOf(LimitReached.class);
    }

    @Test
    void aRepeatedRequestGetsItsTicketWhateverHasHappenedSince() {
        opened(1, 1);
        granted("anna", "r1", 0);

        for (ActivityState later : List.of(ActivityState.PUBLISHED, ActivityState.PAUSED, ActivityState.ENDED)) {
            assertThat(decide(activity(later, "member"), ANNA, "r1", CLOSES * 2_000))
                    .isInstanceOfSatisfying(
                            AlreadyGranted.class,
                            granted -> assertThat(granted.holding().sequence()).isZero());
        }
    }
}
