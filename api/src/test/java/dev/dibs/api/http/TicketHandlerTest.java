package dev.dibs.api.http;

import static dev.dibs.api.http.HttpWorld.ALICE;
import static dev.dibs.api.http.HttpWorld.NIGHT;

import dev.dibs.activity.Activity;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Holding;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.json.JsonCompareMode;

class TicketHandlerTest {
    private static final ActivityId LAST_YEAR = new ActivityId("last-year");

    @AutoClose
    private final HttpWorld world = new HttpWorld();

    @Test
    void theListHasTheCustomersFields() {
        Activity night = world.openNight();
        TicketId won = world.ledger.grab(NIGHT, 4, ALICE, 1_000);

        world.getAs(ALICE, "/ticket/list")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.data.hasMore")
                .isEqualTo(false)
                .jsonPath("$.data.list.length()")
                .isEqualTo(1)
                .jsonPath("$.data.list[0].length()")
                .isEqualTo(8)
                .json("{\"ret\":0,\"message\":\"success\",\"data\":{\"pageNum\":1,\"pageSize\":20,\"list\":[{\"id\":\""
                        + won + "\",\"name\":\"Seat\",\"desc\":\"Row 1 to 9\",\"code\":\"CODE-4\","
                        + "\"act_id\":\"night\",\"is_effective\":true,\"start_time\":" + night.startTime()
                        + ",\"end_time\":" + (night.endTime() + 100) + "}]}}");
    }

    @Test
    void detailHasTheCustomersFields() {
        Activity night = world.openNight();
        TicketId won = world.ledger.grab(NIGHT, 4, ALICE, 1_000);

        world.getAs(ALICE, "/ticket/detail?ticketId=" + won)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        "{\"ret\":0,\"message\":\"success\",\"data\":{\"id\":\"" + won
                                + "\",\"name\":\"Seat\",\"code\":\"CODE-4\",\"desc\":\"Row 1 to 9\",\"act_id\":\"night\","
                                + "\"is_effective\":true,\"image\":\"https://x.test/seat.png\",\"start_time\":"
                                + night.startTime() + ",\"end_time\":" + (night.endTime() + 100) + "}}",
                        JsonCompareMode.STRICT);
    }

    @Test
    void aTicketOfSomebodyElseLooksLikeNone() {
        world.openNight();
        TicketId bobs = world.ledger.grab(NIGHT, 4, new UserId("bobby"), 1_000);

        String others = notFound(bobs.toString());
        String missing = notFound("01997b60-7000-7000-8000-000000000001");

        org.assertj.core.api.Assertions.assertThat(others).isEqualTo(missing);
    }

    private String notFound(String ticketId) {
        return world.getAs(ALICE, "/ticket/detail?ticketId=" + ticketId)
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?ticketId=", "?ticketId=17", "?ticketId=1-1-1-1-1"})
    void whatIsNoTicketIdIsABadParameter(String query) {
        world.getAs(ALICE, "/ticket/detail" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9);
    }

    @Test
    void withoutTheProjectionTheListSaysThatItMayLackSomething() {
        world.openNight();
        world.ledger.grab(NIGHT, 4, ALICE, 1_000);
        world.tickets.goAway();

        world.getAs(ALICE, "/ticket/list")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo("some tickets cannot be read now and may be missing")
                .jsonPath("$.data.hasMore")
                .isEqualTo(true);
    }

    @Test
    void aPageThatCannotBeReadLeadsToTheNext() {
        world.openNight();
        world.tickets.project(ALICE, lost(1_000));
        world.tickets.project(ALICE, lost(500));
        world.tickets.loseKeyOf(LAST_YEAR);

        world.getAs(ALICE, "/ticket/list?pageSize=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo("some tickets cannot be read now and may be missing")
                .jsonPath("$.data.list.length()")
                .isEqualTo(0)
                .jsonPath("$.data.hasMore")
                .isEqualTo(true)
                .jsonPath("$.data.lastId")
                .isNotEmpty();
    }

    private static OwnedTicket lost(long grabbedAt) {
        return new OwnedTicket(
                new TicketId(UUID.randomUUID()),
                LAST_YEAR,
                3,
                new TicketKind("standard"),
                "OLD",
                grabbedAt,
                Holding.Use.UNUSED);
    }

    @Test
    void whereNothingCanBeKnownTheCallerIsAskedToComeBack() {
        world.tickets.goAway();

        world.getAs(ALICE, "/ticket/list")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-3);
    }

    @Test
    void readyOnceEverythingHasBeenRead() {
        world.get("/readyz").expectStatus().isOk();
        world.catalogueCaughtUp = false;
        world.get("/readyz").expectStatus().isEqualTo(503);
        world.catalogueCaughtUp = true;
        world.ledger.fallBehind();
        world.get("/readyz").expectStatus().isEqualTo(503);

        world.get("/healthz").expectStatus().isOk();
    }

    @Test
    void whoHasStoppedReadingTheLogForGoodIsNotAlive() {
        // Given an instance that is behind: a restart would only make it begin again
        world.ledger.fallBehind();
        world.get("/healthz").expectStatus().isOk();

        world.ledger.fail();

        world.get("/healthz")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-3);
    }
}
