package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens at the door, seen from outside, over HTTP through two instances of the API. */
class DoorJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = TestDatabase.nameFor(DoorJourneyIT.class);
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;
    private static String gate;

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE).start();
        client = new Client(services.apis());
        gate = Client.tokenOf("gate-keeper", "gate");
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void howeverManyGatesPressAtOnceExactlyOneLetsTheHolderIn() {
        Sale sale = Sale.open(client, "door", 3, 1);
        String code = code(sale.win("anna", "r1"));

        List<String> presses = IntStream.range(0, 40)
                .mapToObj(i -> press(code, "gate-" + i, "press-" + i))
                .toList();
        List<CompletableFuture<Reply>> answers = presses.stream()
                .map(press -> client.posting("/admin/tickets/redeem", gate, JSON, press))
                .toList();
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < presses.size(); i++) {
            Reply reply = answers.get(i).join();
            // A busy machine may say 503, which means: the same again. By this thread: that of the pool that all share
            // would wait for an answer that it is to take itself.
            replies.add(reply.status() == 503 ? decided(presses.get(i)) : reply);
        }

        List<Reply> letIn =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(letIn).hasSize(1);
        JsonNode first = letIn.get(0).body();
        assertThat(replies).filteredOn(reply -> reply.status() != 200).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.body().required("type").stringValue()).endsWith(":already-redeemed");
            assertThat(reply.body().required("gate")).isEqualTo(first.required("gate"));
            assertThat(reply.body().required("redeemed_at")).isEqualTo(first.required("redeemed_at"));
        });
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    @Test
    void aUsedTicketIsNoLongerEffectiveAnywhereAndARestartChangesNothing() {
        Sale sale = Sale.open(client, "used", 3, 1);
        String anna = Client.tokenOf("anna-" + sale.id());
        Reply won = sale.win("anna-" + sale.id(), "r1");
        String ticketId = won.data().required("id").stringValue();
        assertThat(won.data().required("isEffective").booleanValue()).isTrue();

        Reply redeemed = decided(press(code(won), "north", "press-1"));

        assertThat(redeemed.status()).as("%s", redeemed.body()).isEqualTo(200);
        assertThat(redeemed.body().required("ticketId").stringValue()).isEqualTo(ticketId);
        assertNotEffective(anna, sale, ticketId);
        services.restart();
        assertNotEffective(anna, sale, ticketId);
        Reply repeated = decided(press(code(won), "north", "press-1"));
        Reply second = decided(press(code(won), "south", "press-2"));
        assertThat(repeated.status()).as("%s", repeated.body()).isEqualTo(200);
        assertThat(repeated.body().required("repeated").booleanValue()).isTrue();
        assertThat(second.body().required("gate").stringValue()).isEqualTo("north");
        assertThat(second.body().required("redeemed_at"))
                .isEqualTo(redeemed.body().required("redeemed_at"));
        Audits.assertHolds(DATABASE, sale, PATIENCE);
        assertThat(sale.csv()).contains("redeemed");
    }

    @Test
    void aRevokedTicketLetsNobodyInAndOthersHaveTheirOwnAnswers() {
        Sale sale = Sale.open(client, "revoked", 3, 1);
        String user = "berta-" + sale.id();
        Reply won = sale.win(user, "r1");
        String ticketId = won.data().required("id").stringValue();
        String operator = client.adminToken();

        Reply revoked =
                client.post("/admin/tickets/" + ticketId + "/revoke", operator, JSON, "{\"reason\":\"a chargeback\"}");

        assertThat(revoked.status()).as("%s", revoked.body()).isEqualTo(200);
        assertNotEffective(Client.tokenOf(user), sale, ticketId);
        assertProblem(409, "already-revoked", press(code(won), "north", ""));
        assertProblem(404, "unknown-code", press("nobody-has-ever-had-this", "north", ""));
        assertProblem(409, "not-issued", press(sale.id() + "-2", "north", ""));
        assertProblem(400, "faulty-input", "{\"code\":\"x\"}");
        assertProblem(400, "faulty-input", "{\"code\":\"x\",\"gate\":\"north\",\"door\":\"1\"}");
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    @Test
    void aGateOpensTheDoorAndNothingElse() {
        Sale sale = Sale.open(client, "gate", 1, 1);
        String ticketId =
                sale.grab("clara-" + sale.id(), "r1").data().required("id").stringValue();

        assertThat(client.post("/admin/tickets/" + ticketId + "/revoke", gate, JSON, "{\"reason\":\"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(client.post("/admin/activities/" + sale.id() + "/pause", gate, JSON, "")
                        .status())
                .isEqualTo(403);
        assertThat(client.get("/admin/activities", gate).status()).isEqualTo(403);
        for (String other : List.of(Client.tokenOf("anna"), Client.tokenOf("anna", "analyst"))) {
            assertThat(client.post("/admin/tickets/redeem", other, JSON, press("x", "north", ""))
                            .status())
                    .isEqualTo(403);
        }
    }

    private static Reply decided(String press) {
        return await().atMost(PATIENCE)
                .until(() -> client.post("/admin/tickets/redeem", gate, JSON, press), reply -> reply.status() != 503);
    }

    private static void assertProblem(int status, String kind, String body) {
        Reply reply = decided(body);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        assertThat(reply.body().required("type").stringValue()).endsWith(":" + kind);
    }

    /** Asked twice each, so that both instances answer; the one that did not redeem reads the log a moment later. */
    private static void assertNotEffective(String owner, Sale sale, String ticketId) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int instance = 0; instance < services.apis().size(); instance++) {
                assertThat(client.get("/ticket/detail?ticketId=" + ticketId, owner)
                                .data()
                                .required("is_effective")
                                .booleanValue())
                        .isFalse();
                assertThat(client.get("/ticket/result?actId=" + sale.id(), owner)
                                .data()
                                .required("isEffective")
                                .booleanValue())
                        .isFalse();
                assertThat(client.get("/ticket/list", owner).data().required("list"))
                        .allSatisfy(ticket -> assertThat(
                                        ticket.required("is_effective").booleanValue())
                                .isFalse());
            }
        });
    }

    private static String code(Reply won) {
        return won.data().required("code").stringValue();
    }

    private static String press(String code, String gate, String requestId) {
        String request = requestId.isEmpty() ? "" : ",\"requestId\":\"" + requestId + "\"";
        return "{\"code\":\"" + code + "\",\"gate\":\"" + gate + "\"" + request + "}";
    }
}
