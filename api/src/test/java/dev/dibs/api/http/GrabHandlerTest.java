package dev.dibs.api.http;

import static dev.dibs.api.http.HttpWorld.ALICE;
import static dev.dibs.api.http.HttpWorld.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.gate.GateRefusal;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Holding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

class GrabHandlerTest {
    private static final TicketId TICKET = new TicketId(UUID.fromString("01997b60-7000-7000-8000-000000000001"));

    @AutoClose
    private final HttpWorld world = new HttpWorld();

    @Test
    void aGrantedGrabIsAnsweredWithTheTicketInTheCustomersFields() {
        Activity night = world.openNight();
        world.outcome = Mono.just(new GrabOutcome.Granted(night, owned(Holding.Use.UNUSED)));

        byte[] body = world.getAs(ALICE, "/ticket/get?actId=night&requestId=r1")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody()
                .returnResult()
                .getResponseBody();

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo("{\"ret\":0,\"message\":\"success\",\"data\":{\"id\":\"" + TICKET
                        + "\",\"name\":\"Seat\",\"desc\":\"Row 1 to 9\",\"code\":\"ABC-\\\"1\\\"\",\"actId\":\"night\","
                        + "\"isEffective\":true,\"image\":\"https://x.test/seat.png\",\"start_time\":"
                        + night.startTime() + ",\"end_time\":" + (night.endTime() + 100) + "}}");
        assertThat(world.asked.requestId()).isEqualTo(new RequestId("r1"));
        assertThat(world.asked.activityId()).isEqualTo(NIGHT);
        assertThat(world.asked.principal().userId()).isEqualTo(ALICE);
    }

    @Test
    void whatIsBroughtAlongForTheGateIsHandedOn() {
        world.openNight();

        world.getAs(ALICE, "/ticket/get?actId=night&grabTicket=abc&proof=xyz");
        Pass ofQuery = world.asked.pass();
        world.client
                .post()
                .uri("/ticket/get")
                .headers(world.as(ALICE))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"actId\":\"night\",\"grabTicket\":\"abc\",\"proof\":\"xyz\"}")
                .exchange();

        assertThat(ofQuery).isEqualTo(new Pass("abc", "xyz"));
        assertThat(world.asked.pass()).isEqualTo(ofQuery);
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotPassTheGateIsToldWhatToDo(GateRefusal refusal) {
        world.openNight();
        world.outcome = Mono.just(new GrabOutcome.GateClosed(refusal));

        world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9)
                .jsonPath("$.message")
                .isEqualTo(refusal.message());
        assertThat(refusal.message()).matches("(grabTicket|proof) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDEEMED", "REVOKED"})
    void aUsedTicketIsNotEffective(Holding.Use use) {
        Activity night = world.openNight();
        world.outcome = Mono.just(new GrabOutcome.Granted(night, owned(use)));

        world.getAs(ALICE, "/ticket/result?actId=night")
                .expectBody()
                .jsonPath("$.data.isEffective")
                .isEqualTo(false);
    }

    @Test
    void aTicketIsEffectiveWithinTheWindowOfItsKind() {
        Activity night = world.openNight();
        world.outcome = Mono.just(new GrabOutcome.Granted(night, owned(Holding.Use.UNUSED)));
        // The last second of the kind, which is longer than the sale, and the first one after it.
        world.clock.goOn(Duration.ofSeconds(159));
        world.getAs(ALICE, "/ticket/result?actId=night")
                .expectBody()
                .jsonPath("$.data.isEffective")
                .isEqualTo(true);

        world.clock.goOn(Duration.ofSeconds(1));

        world.getAs(ALICE, "/ticket/result?actId=night")
                .expectBody()
                .jsonPath("$.data.isEffective")
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, 1, 202",
        "NONE, -10, 404",
        "NO_SUCH_ACTIVITY, -10, 404",
        "ENDED, -1, 200",
        "SOLD_OUT, -2, 200",
        "PAUSED, -11, 200",
        "NOT_ELIGIBLE, -6, 200",
        "UNAVAILABLE, -3, 503"
    })
    void everyOutcomeHasItsRet(Plain outcome, int ret, int status) {
        world.outcome = Mono.just(outcome);

        world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(ret)
                .jsonPath("$.data")
                .isMap();
    }

    @Test
    void whoeverCanTryAgainIsToldWhen() {
        world.outcome = Mono.just(Plain.UNAVAILABLE);

        world.getAs(ALICE, "/ticket/get?actId=night").expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1");
    }

    @ParameterizedTest
    @CsvSource({"false, 4, too many", "true, 300, blocked"})
    void whoWantsTooMuchIsToldWhenToComeBack(boolean blocked, int seconds, String message) {
        world.outcome = Mono.just(new GrabOutcome.TooMany(blocked, seconds));

        world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, Integer.toString(seconds))
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-8)
                .jsonPath("$.message")
                .value(String.class, text -> assertThat(text).contains(message));
    }

    @Test
    void notStartedSaysWhenAndWhatTimeItIs() {
        world.outcome = Mono.just(new GrabOutcome.NotStarted(2_000, 1_500));

        world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"ret\":-4,\"data\":{\"start_time\":2000,\"server_time\":1500}}");
    }

    @Test
    void whoHasTakenPartIsGivenTheTicketHeld() {
        Activity night = world.openNight();
        world.outcome = Mono.just(new GrabOutcome.AlreadyTaken(night, owned(Holding.Use.UNUSED)));

        world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-5)
                .jsonPath("$.data.id")
                .isEqualTo(TICKET.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticket/get?actId=night", "/ticket/result?actId=night", "/ticket/list", "/ticket/detail"})
    void withoutAValidTokenNothingIsDone(String uri) {
        world.get(uri)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .exists(HttpHeaders.WWW_AUTHENTICATE)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-7);
        world.client
                .get()
                .uri(uri)
                .header(HttpHeaders.AUTHORIZATION, "Bearer nonsense")
                .exchange()
                .expectStatus()
                .isUnauthorized();

        assertThat(world.asked).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/ticket/get, actId must not be empty",
        "/ticket/get?actId=, actId must not be empty",
        "/ticket/get?actId=%7Bnight%7D, actId must have",
        "/ticket/get?actId=night&requestId=a+b, requestId must have",
        "/ticket/get?actId=a&actId=b, actId must be given once only"
    })
    void aBadParameterIsNamedWithWhatIsAllowed(String uri, String message) {
        String answered = world.getAs(ALICE, uri)
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(answered).startsWith("{\"ret\":-9,\"message\":\"" + message);
        assertThat(world.asked).isNull();
    }

    @Test
    void parametersMayComeInAFormOrAsJson() {
        post(MediaType.APPLICATION_FORM_URLENCODED, "actId=night&requestId=in%2Da-form");
        assertThat(world.asked.requestId()).isEqualTo(new RequestId("in-a-form"));

        post(MediaType.APPLICATION_JSON, "{\"actId\":\"night\",\"requestId\":17}");
        assertThat(world.asked.requestId()).isEqualTo(new RequestId("17"));
    }

    private void post(MediaType type, String body) {
        world.client
                .post()
                .uri("/ticket/get")
                .headers(world.as(ALICE))
                .contentType(type)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aPostNeedsNoBody() {
        world.client
                .post()
                .uri("/ticket/get?actId=night")
                .headers(world.as(ALICE))
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(world.asked.activityId()).isEqualTo(NIGHT);
    }

    private static OwnedTicket owned(Holding.Use use) {
        return new OwnedTicket(TICKET, NIGHT, 3, TestActivities.KIND, "ABC-\"1\"", 1_000, use);
    }
}
