package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.admission.Eligibility;
import dev.dibs.api.admission.GrabRate;
import dev.dibs.api.admission.UnlimitedRate;
import dev.dibs.api.admission.UsualRate;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.claim.AnsweringRedis;
import dev.dibs.api.claim.ClaimResult;
import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.ClaimResult.Refused;
import dev.dibs.api.claim.ClaimedUsers;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.recovery.Repair;
import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.api.verdict.FactWriter.Judged;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.api.verdict.PendingVerdicts;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** With a Redis that answers when the test says so. */
class GrabFlowTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Activity SALE;
    private static final Activity DRAFT =
            TestActivities.of(new ActivityId("draft"), ActivityState.DRAFT, 1_000, 2_000, 1);

    static {
        long now = System.currentTimeMillis() / 1_000;
        SALE = TestActivities.published("sale", now - 60, now + 600);
    }

    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private final AtomicInteger reconciliations = new AtomicInteger();
    private CompletableFuture<Void> reconciled = CompletableFuture.completedFuture(null);
    private final Deque<Sinks.One<ClaimResult>> claims = new ArrayDeque<>();
    private final List<TicketId> claimedIds = new ArrayList<>();
    private final PendingVerdicts verdicts = new PendingVerdicts();
    private final GrabFlow flow = flow(UnlimitedRate.create());

    private GrabFlow flow(GrabRate rate) {
        ApiProperties.Grab limits = new ApiProperties.Grab(SECOND, SECOND, 1, SECOND);
        MemoryCatalogue catalogue = new MemoryCatalogue();
        catalogue.save(SALE).block();
        catalogue.save(DRAFT).block();
        if (ledger.account(SALE.activityId()) == null) {
            ledger.open(SALE.activityId(), 10, 1);
        }
        // Stands still: however slow this machine is, no request comes to its deadline by itself.
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        LogPublisher publisher = new LogPublisher(new MockProducer<>(), 1, "test");
        Claiming claiming = new Claiming(
                request -> {
                    Sinks.One<ClaimResult> claim = Sinks.one();
                    claims.add(claim);
                    claimedIds.add(request.ticketId());
                    return claim.asMono();
                },
                new Outbox(AnsweringRedis.always(List.of())),
                publisher,
                verdicts,
                ledger,
                new Repair(
                        id -> {
                            reconciliations.incrementAndGet();
                            return reconciled;
                        },
                        (id, epoch) -> reconciled,
                        System::nanoTime),
                limits,
                clock);
        return new GrabFlow(
                limits,
                catalogue,
                ledger,
                rate,
                (activity, user) -> Eligibility.Answer.UNKNOWN,
                new GrabTickets("x".repeat(32)),
                claiming,
                publisher,
                new GrabResults(
                        ledger,
                        new ReadFirst("a-topic", ledger::readThrough, SECOND),
                        claimedUsers(),
                        (id, sequence) -> Mono.empty(),
                        clock),
                new FunnelCounter(
                        new MockProducer<>(),
                        clock,
                        "test",
                        UnaryOperator.identity(),
                        Generators.timeBasedEpochRandomGenerator()),
                new AddressHash("salt"),
                Generators.timeBasedEpochRandomGenerator(),
                clock);
    }

    /** Of a Redis that is in the ledger's epoch and has no claim of anybody. */
    private ClaimedUsers claimedUsers() {
        String epoch = Long.toString(ledger.account(SALE.activityId()).epoch());
        return new ClaimedUsers(AnsweringRedis.always(List.of(epoch, "0")));
    }

    private Mono<GrabOutcome> grab(String user) {
        return flow.grab(GrabWorld.user(user), SALE.activityId(), new RequestId("r1"), "203.0.113.7", Pass.NONE);
    }

    @Test
    void aClientThatGoesAwayFreesNoPlaceBeforeItsClaimIsDecided() {
        grab("anna").subscribe().dispose();

        GrabOutcome meanwhile = grab("berta").block(SECOND);
        claims.remove().tryEmitValue(Refused.SOLD_OUT);
        Mono<GrabOutcome> afterwards = grab("carla");
        claims.remove().tryEmitValue(Refused.SOLD_OUT);

        assertThat(meanwhile).isEqualTo(Plain.UNAVAILABLE);
        assertThat(afterwards.block(SECOND)).isEqualTo(Plain.SOLD_OUT);
    }

    @Test
    void aClaimThatFailsFreesItsPlace() {
        Mono<GrabOutcome> failed = grab("anna");
        claims.remove().tryEmitError(new IllegalStateException("no Redis"));

        Mono<GrabOutcome> next = grab("berta");
        claims.remove().tryEmitValue(Refused.SOLD_OUT);

        assertThat(failed.block(SECOND)).isEqualTo(Plain.UNAVAILABLE);
        assertThat(next.block(SECOND)).isEqualTo(Plain.SOLD_OUT);
    }

    @Test
    void withinThePauseAfterAFailedRecoveryAGrabIsAnsweredAtOnce() {
        reconciled = CompletableFuture.failedFuture(new IllegalStateException("MongoDB is away"));
        grab("anna").subscribe();
        claims.remove().tryEmitValue(Refused.FENCED);

        Mono<GrabOutcome> next = grab("berta");
        claims.remove().tryEmitValue(Refused.FENCED);

        assertThat(next.block(SECOND)).isEqualTo(Plain.UNAVAILABLE);
        assertThat(reconciliations).hasValue(1);
    }

    @Test
    void whereMendingDoesNotHelpAGrabIsGivenUpLongBeforeItsThreadIs() {
        Mono<GrabOutcome> grab = grab("anna");

        for (int i = 0; i < 8; i++) {
            claims.remove().tryEmitValue(Refused.FENCED);
        }

        assertThat(claims).as("no further claim").isEmpty();
        assertThat(claimedIds).as("no two events of one id").hasSize(8).doesNotHaveDuplicates();
        assertThat(grab.block(SECOND)).isEqualTo(Plain.UNAVAILABLE);
    }

    @Test
    void aClaimThatIsVoidIsNotPendingHoweverLongTheMendingTakes() {
        reconciled = new CompletableFuture<>();
        Mono<GrabOutcome> grab = grab("anna");

        claims.remove().tryEmitValue(claimed());
        judge(Verdict.VOID_EPOCH);

        assertThat(grab.block(SECOND.multipliedBy(5))).isEqualTo(Plain.UNAVAILABLE);
        assertThat(reconciliations).hasValue(1);
    }

    @Test
    void aClaimWhoseVerdictDoesNotComeIsPending() {
        Mono<GrabOutcome> grab = grab("anna");

        claims.remove().tryEmitValue(claimed());
        awaitedVerdict().completeExceptionally(new TimeoutException());

        assertThat(grab.block(SECOND)).isEqualTo(Plain.PENDING);
    }

    /** What the script answers to the latest request. */
    private Claimed claimed() {
        TicketKind kind = new TicketKind("standard");
        long now = System.currentTimeMillis();
        return new Claimed(
                new TicketGrabbed(
                        SALE.activityId(), 1, 1, latestId(), new UserId("anna"), new RequestId("r1"), 1, now, kind, ""),
                new TicketCode(kind, "CODE-1"),
                "1-1");
    }

    private void judge(Verdict verdict) {
        awaitedVerdict().complete(new Judged(0, 0, verdict));
    }

    private CompletableFuture<Judged> awaitedVerdict() {
        assertThat(verdicts.isAwaited(latestId().value())).isTrue();
        return verdicts.await(latestId().value(), SECOND);
    }

    private TicketId latestId() {
        return claimedIds.get(claimedIds.size() - 1);
    }

    @Test
    void whoeverAsksForAResultIsNotToldThatThereIsADraft() {
        GrabOutcome ofADraft =
                flow.result(GrabWorld.user("anna"), DRAFT.activityId()).block(SECOND);

        assertThat(ofADraft).isEqualTo(Plain.NO_SUCH_ACTIVITY);
    }

    @Test
    void nobodyIsToldThatThereIsNothingBeforeTheLogIsRead() {
        GrabOutcome afterwards =
                flow.result(GrabWorld.user("anna"), SALE.activityId()).block(SECOND);
        ledger.fallBehind();

        GrabOutcome meanwhile =
                flow.result(GrabWorld.user("anna"), SALE.activityId()).block(SECOND);

        assertThat(meanwhile).isEqualTo(Plain.UNAVAILABLE);
        assertThat(afterwards).as("with the same Redis, once it is").isEqualTo(Plain.NONE);
    }

    @Test
    void whoAsksAllTheTimeDoesNotKeepRedisFromTheClaims() {
        GrabFlow limited = flow(UsualRate.create());

        List<GrabOutcome> answers = IntStream.range(0, 40)
                .mapToObj(i -> limited.result(GrabWorld.user("anna"), SALE.activityId())
                        .block(SECOND))
                .toList();

        assertThat(answers.subList(0, 20)).containsOnly(Plain.NONE);
        assertThat(answers.subList(20, 40)).containsOnly(new GrabOutcome.TooMany(false, 1));
        assertThat(limited.result(GrabWorld.user("berta"), SALE.activityId()).block(SECOND))
                .isEqualTo(Plain.NONE);
        assertThat(flow.result(GrabWorld.user("anna"), SALE.activityId()).block(SECOND))
                .as("without the limits")
                .isEqualTo(Plain.NONE);
    }
}
