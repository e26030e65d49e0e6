package dev.dibs.api.gate;

import static dev.dibs.api.SellingApi.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.api.SellingApi;
import dev.dibs.api.SellingApi.Reply;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hot activity with a gate, over HTTP, through two instances. */
@Timeout(240)
class GateJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BITS = 12;
    private static final int BAD_PARAMETER = -9;

    private static SellingApi one;
    private static SellingApi two;

    private final String id = TestIds.activity("hot").value();

    @BeforeAll
    static void start() {
        one = SellingApi.start(TestServers.kafka(), TestServers.redis(), TestServers.mongodb());
        two = SellingApi.start(TestServers.kafka(), TestServers.redis(), TestServers.mongodb());
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private static String gate(int bits) {
        return "gate: {grab_ticket: true, grab_ticket_seconds: 300, proof_of_work_bits: " + bits + "}\n";
    }

    private Reply detail(SellingApi api, String user) {
        return api.get("/act/detail?actId=" + id, api.token(user));
    }

    /** What the page does: ask for the ticket, work, grab. */
    private String pass(SellingApi api, String user) {
        Reply detail = detail(api, user);
        String ticket = detail.data().path("grabTicket").asString("");
        int bits = detail.data().path("proofOfWorkBits").asInt();
        return "&grabTicket=" + ticket + (bits == 0 ? "" : "&proof=" + ProofOfWork.solve(ticket, bits));
    }

    private Reply grab(SellingApi api, String user, String more) {
        return api.grab(id, api.token(user), "&requestId=r1" + more);
    }

    private static void assertRefused(Reply reply, String message) {
        assertThat(reply.ret()).as("%s", reply).isEqualTo(BAD_PARAMETER);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).startsWith(message);
    }

    @Test
    void whoeverWorksForTheOwnTicketAfterTheStartGetsThrough() {
        // Before the start
        long later = System.currentTimeMillis() / 1_000 + 3_600;
        one.draft(id, 10, 1, later, gate(BITS));
        await().atMost(PATIENCE)
                .until(() -> one.operate("POST", path(id, "/publish"), null, "").status() == 200);
        assertThat(detail(one, "anna").data().has("grabTicket")).isFalse();
        assertThat(grab(one, "anna", "").ret()).isEqualTo(-4);

        // After it
        one.operate(
                "PATCH",
                path(id, ""),
                "application/json",
                "{\"start_time\": " + (System.currentTimeMillis() / 1_000 - 10) + "}");
        await().atMost(PATIENCE).until(() -> detail(two, "anna").data().has("grabTicket"));
        assertThat(one.get("/act/detail?actId=" + id, "").data().has("grabTicket"))
                .as("without a token")
                .isFalse();
        assertRefused(grab(one, "anna", ""), "grabTicket must be that of /act/detail");
        String ticket = detail(one, "anna").data().path("grabTicket").asString("");
        assertRefused(grab(one, "anna", "&grabTicket=" + ticket), "proof must be a text");
        String pass = pass(one, "anna");
        Reply won = grab(one, "anna", pass);
        assertThat(won.ret()).as("%s", won).isZero();

        // The same again, and at the other instance
        assertThat(grab(one, "anna", pass).data().path("id"))
                .isEqualTo(won.data().path("id"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(grab(two, "anna", pass).data().path("id"))
                        .isEqualTo(won.data().path("id")));
    }

    @Test
    void ticketsAndProofsOfOthersOfOtherSalesAndOfYesterdayAreOfNoUse() {
        long anHourAgo = System.currentTimeMillis() / 1_000 - 3_600;
        one.draft(id, 10, 1, anHourAgo, gate(BITS));
        await().atMost(PATIENCE)
                .until(() -> one.operate("POST", path(id, "/publish"), null, "").status() == 200);
        String annas = pass(one, "anna");
        assertRefused(grab(one, "berta", annas), "grabTicket must be your own");

        String other = TestIds.activity("other").value();
        one.onSale(other, 10, 1, gate(BITS));
        assertRefused(one.grab(other, one.token("anna"), annas), "grabTicket must be your own");

        // As it was handed out an hour ago
        Activity now = one.bean(Catalogue.class).find(new ActivityId(id));
        String expired = one.bean(GrabTickets.class)
                .issue(now, Principal.of(new UserId("anna"), Set.of()), now.startTime())
                .text();
        String proof = "&proof=" + ProofOfWork.solve(expired, BITS);
        assertRefused(grab(one, "anna", "&grabTicket=" + expired + proof), "grabTicket has expired");

        String bertas = detail(one, "berta").data().path("grabTicket").asString("");
        String annasProof = annas.substring(annas.indexOf("&proof="));
        if (!ProofOfWork.holds(bertas, annasProof.substring("&proof=".length()), BITS)) {
            assertRefused(grab(one, "berta", "&grabTicket=" + bertas + annasProof), "proof must make SHA-256");
        }
        assertThat(one.operate("GET", path(id, ""), null, "")
                        .body()
                        .path("granted")
                        .asInt())
                .isZero();
        assertThat(grab(two, "berta", pass(one, "berta")).ret())
                .as("a ticket of one instance at the other")
                .isZero();
    }

    @Test
    void aTicketAloneIsEnoughWhereNoWorkIsAskedFor() {
        one.onSale(id, 10, 1, "gate: {grab_ticket: true}\n");

        assertRefused(grab(one, "anna", ""), "grabTicket must be that of /act/detail");
        assertThat(grab(one, "anna", pass(one, "anna")).ret()).isZero();
    }

    @Test
    void withoutAGateWhoeverNeverLookedAtThePageWins() {
        one.onSale(id, 10, 1, "");

        assertThat(detail(one, "anna").data().has("grabTicket")).isFalse();
        assertThat(grab(one, "anna", "").ret()).isZero();
    }
}
