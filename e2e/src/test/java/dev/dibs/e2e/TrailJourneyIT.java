package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who did what and when, seen from outside, over HTTP through two instances of the API. */
class TrailJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;

    @BeforeAll
    static void start() {
        services = new Services(folder, TestDatabase.nameFor(TrailJourneyIT.class)).start();
        client = new Client(services.apis());
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void everythingThatAnOperatorDoesIsToldWithWhoAndWhatCameOfIt() {
        // Given what operators, gates and others did
        Sale sale = Sale.open(client, "trail", 3, 1);
        JsonNode won = sale.win("anna-" + sale.id(), "r1").data();
        String code = won.required("code").stringValue();
        String ticket = won.required("id").stringValue();
        String gate = Client.tokenOf("gate-of-" + sale.id(), "gate");
        String press = "{\"code\":\"" + code + "\",\"gate\":\"north\"}";
        client.post("/admin/tickets/redeem", gate, JSON, press);
        client.post("/admin/tickets/redeem", gate, JSON, press);
        client.post("/admin/activities/" + sale.id() + "/pause", gate, JSON, "");
        client.post("/admin/activities/" + sale.id() + "/pause", client.adminToken(), JSON, "");
        client.post("/user/login", null, JSON, "{\"account\":\"admin\",\"password\":\"wrong-" + sale.id() + "\"}");
        String analyst = Client.tokenOf("analyst-of-" + sale.id(), "analyst");
        client.text(sale.path("/results.csv?waitSeconds=60"), analyst);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(told("activity=" + sale.id(), analyst))
                    .containsExactlyInAnyOrder(
                            "CallEnded admin POST /admin/activities  done",
                            "CallBegun admin POST /admin/activities/{id}/codes  ",
                            "CallEnded admin POST /admin/activities/{id}/codes  done",
                            "CallBegun admin POST /admin/activities/{id}/publish  ",
                            "CallEnded admin POST /admin/activities/{id}/publish  done",
                            "CallEnded gate-of-%s POST /admin/tickets/redeem %s done".formatted(sale.id(), ticket),
                            "CallEnded gate-of-%s POST /admin/tickets/redeem %s already-redeemed"
                                    .formatted(sale.id(), ticket),
                            "CallBegun gate-of-%s POST /admin/activities/{id}/pause  ".formatted(sale.id()),
                            "CallEnded gate-of-%s POST /admin/activities/{id}/pause  forbidden".formatted(sale.id()),
                            "CallBegun admin POST /admin/activities/{id}/pause  ",
                            "CallEnded admin POST /admin/activities/{id}/pause  done",
                            "CallBegun analyst-of-%s GET /admin/activities/{id}/results.csv  ".formatted(sale.id()),
                            "CallEnded analyst-of-%s GET /admin/activities/{id}/results.csv  done"
                                    .formatted(sale.id()));
            assertThat(told("", analyst))
                    .contains(
                            "CallEnded admin POST /user/login admin done",
                            "CallEnded  POST /user/login admin unauthenticated");
        });
        assertThat(told("activity=" + sale.id() + "&actor=gate-of-" + sale.id(), analyst))
                .hasSize(4);
        String csv = client.text("/admin/audit.csv?activity=" + sale.id(), analyst);
        assertThat(csv.lines()).hasSize(14).first().asString().startsWith("occurred_at,type,call_id,actor");
        assertThat(csv)
                .contains(ticket)
                .doesNotContain(code + ",")
                .doesNotContain("wrong-" + sale.id(), Services.ADMIN_PASSWORD);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told("actor=analyst-of-" + sale.id(), analyst))
                        .as("whoever takes the trail away is in it, whoever looks at it is not")
                        .hasSize(4)
                        .contains(
                                "CallBegun analyst-of-%s GET /admin/audit.csv  ".formatted(sale.id()),
                                "CallEnded analyst-of-%s GET /admin/audit.csv  done".formatted(sale.id())));
        assertThat(client.get("/admin/audit", gate).status()).isEqualTo(403);
        assertThat(client.get("/admin/audit", Client.tokenOf("anna")).status()).isEqualTo(403);
        assertThat(client.get("/admin/audit?cursor=x&pageSize=0&from=yesterday", analyst)
                        .status())
                .isEqualTo(400);
    }

    /** All pages, each entry in a line, with small pages. */
    private static List<String> told(String query, String token) {
        List<String> lines = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/admin/audit?pageSize=4&" + query + "&cursor=" + cursor, token)
                    .body();
            for (JsonNode entry : page.required("entries")) {
                lines.add(String.join(
                        " ",
                        text(entry, "type"),
                        text(entry, "actor"),
                        text(entry, "action"),
                        text(entry, "target"),
                        text(entry, "outcome")));
            }
            cursor = page.required("next").stringValue();
        } while (!cursor.isEmpty());
        return lines;
    }

    private static String text(JsonNode entry, String field) {
        return entry.required(field).stringValue();
    }
}
