package dev.dibs.api.http;

import static dev.dibs.api.http.HttpWorld.ALICE;
import static dev.dibs.api.http.HttpWorld.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.claim.AnsweringRedis;
import dev.dibs.api.gate.GateRefusal;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Holding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.json.JsonCompareMode;
import reactor.core.publisher.Mono;

class ActivityHandlerTest {
    @AutoClose
    private final HttpWorld world = new HttpWorld();

    @Test
    void detailTellsWhatIsLeft() {
        Activity night = world.openNight();
        world.ledger.grab(NIGHT, 0, ALICE, 1_000);

        world.get("/act/detail?actId=night")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "public, max-age=1")
                .expectBody()
                .json(
                        "{\"ret\":0,\"message\":\"success\",\"data\":{\"id\":\"night\",\"name\":\"Night of night\","
                                + "\"desc\":\"All films\",\"image\":\"https://x.test/night.png\",\"start_time\":"
                                + night.startTime() + ",\"end_time\":" + night.endTime()
                                + ",\"remaining\":9,\"status\":\"on_sale\"}}",
                        JsonCompareMode.STRICT);
    }

    @Test
    void ofASaleThatIsForgottenDetailAsksWhoeverKnows() {
        // Given
        Activity night = world.openNight();
        world.ledger.release(NIGHT);
        TicketId won = new TicketId(UUID.randomUUID());
        OwnedTicket ticket = new OwnedTicket(won, NIGHT, 0, TestActivities.KIND, "CODE-1", 1_000, Holding.Use.REDEEMED);
        for (var told : Map.of(
                        new GrabOutcome.Granted(night, ticket),
                        "{ret: 0, data: {participated: true, ticketId: '%s'}}",
                        GrabOutcome.Plain.NONE,
                        "{ret: 0, data: {participated: false}}",
                        GrabOutcome.Plain.UNAVAILABLE,
                        "{ret: -3, data: {}}")
                .entrySet()) {
            // When
            world.outcome = Mono.just(told.getKey());
            // Then
            world.getAs(ALICE, "/act/detail?actId=night")
                    .expectBody()
                    .json(told.getValue().formatted(won), JsonCompareMode.LENIENT);
        }
    }

    @Test
    void withATokenDetailTellsWhetherTheCallerTookPart() {
        world.openNight();
        world.getAs(ALICE, "/act/detail?actId=night")
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.data.participated")
                .isEqualTo(false)
                .jsonPath("$.data.ticketId")
                .doesNotExist();

        TicketId won = world.ledger.grab(NIGHT, 0, ALICE, 1_000);

        world.getAs(ALICE, "/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.participated")
                .isEqualTo(true)
                .jsonPath("$.data.ticketId")
                .isEqualTo(won.toString());
    }

    @Test
    void anInvalidTokenIsNotTakenForNone() {
        world.openNight();

        world.client
                .get()
                .uri("/act/detail?actId=night")
                .header(HttpHeaders.AUTHORIZATION, "Bearer expired")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @ParameterizedTest
    @CsvSource({"-120, not_started", "0, on_sale", "59, on_sale", "60, ended"})
    void theStatusFollowsTheWindow(long seconds, String status) {
        world.openNight();

        world.clock.goOn(Duration.ofSeconds(seconds));

        expectStatus(status);
    }

    @Test
    void theStatusFollowsTheStockAndTheOperator() {
        Activity night = world.openNight();
        for (int i = 0; i < 10; i++) {
            world.ledger.grab(NIGHT, i, new dev.dibs.ids.UserId("user" + i), 1_000);
        }
        expectStatus("sold_out");

        Activity paused =
                world.catalogue.save(night.withState(ActivityState.PAUSED)).block();
        expectStatus("paused");

        world.catalogue.save(paused.withState(ActivityState.ENDED)).block();
        expectStatus("ended");
    }

    private void expectStatus(String status) {
        world.get("/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.status")
                .isEqualTo(status);
    }

    @Test
    void aGatedActivityHandsOutGrabTicketsToWhoeverIsLoggedInWhileItIsOnSale() {
        Activity night = world.openNight();
        world.catalogue
                .save(night.withEntry(new Entry(Optional.empty(), "", new Gate(60, 16))))
                .block();

        world.getAs(ALICE, "/act/detail?actId=night")
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.data.grabTicket")
                .isNotEmpty()
                .jsonPath("$.data.grabTicketExpires")
                .isEqualTo(world.clock.seconds() + 60)
                .jsonPath("$.data.proofOfWorkBits")
                .isEqualTo(16);
        world.get("/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.grabTicket")
                .doesNotExist();
        world.clock.goOn(Duration.ofSeconds(60));
        world.getAs(ALICE, "/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.grabTicket")
                .doesNotExist();
    }

    /** Redis is half a minute ahead of this machine, and a grab is checked by the time of Redis. */
    @Test
    void aGrabTicketIsGoodByTheClockOfRedisThoughThisMachinesIsWrong() {
        Activity gated = world.openNight().withEntry(new Entry(Optional.empty(), "", new Gate(20, 0)));
        world.catalogue.save(gated).block();
        long there = world.clock.seconds() + 30;
        String byThisMachine = grabTicket();

        world.redisClock.synchronise(AnsweringRedis.atTime(there));

        assertThat(atTheGate(gated, byThisMachine, there)).isEqualTo(GateRefusal.TICKET_EXPIRED);
        assertThat(atTheGate(gated, grabTicket(), there)).isNull();
    }

    private String grabTicket() {
        AtomicReference<String> ticket = new AtomicReference<>();
        world.getAs(ALICE, "/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.grabTicket")
                .value(String.class, ticket::set);
        return ticket.get();
    }

    private GateRefusal atTheGate(Activity activity, String ticket, long now) {
        return world.grabTickets.check(activity, Principal.of(ALICE, Set.of()), new Pass(ticket, ""), now);
    }

    @Test
    void withoutAGateTheDetailIsAsItAlwaysWas() {
        world.openNight();

        world.getAs(ALICE, "/act/detail?actId=night")
                .expectBody()
                .jsonPath("$.data.grabTicket")
                .doesNotExist()
                .jsonPath("$.data.grabTicketExpires")
                .doesNotExist()
                .jsonPath("$.data.proofOfWorkBits")
                .doesNotExist();
    }

    @Test
    void aDraftIsNotThereForBuyers() {
        Activity night = world.openNight();
        world.catalogue.save(night.withState(ActivityState.DRAFT)).block();

        world.get("/act/detail?actId=night")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-10);
        world.get("/act/detail?actId=nothing").expectStatus().isNotFound();
    }

    @Test
    void theListIsPaged() {
        world.openNight();

        world.get("/act/list")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.pageNum")
                .isEqualTo(1)
                .jsonPath("$.data.pageSize")
                .isEqualTo(20)
                .jsonPath("$.data.hasMore")
                .isEqualTo(false)
                .jsonPath("$.data.lastId")
                .isNotEmpty()
                .jsonPath("$.data.list[0].id")
                .isEqualTo("night")
                .jsonPath("$.data.list[0].length()")
                .isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "pageNum=0, pageNum must be a whole number from 1 to 1000",
        "pageNum=x, pageNum must be a whole number from 1 to 1000",
        "pageSize=101, pageSize must be a whole number from 1 to 100",
        "pageSize=-1, pageSize must be a whole number from 1 to 100",
        "lastId=x, lastId must be the lastId of a page of this list"
    })
    void aBadPageIsNamed(String query, String message) {
        world.get("/act/list?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo(message);
    }
}
