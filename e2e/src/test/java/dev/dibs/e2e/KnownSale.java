package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.testkit.TestIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A sale of two kinds of tickets of which everything is known: who won what from where, who was refused how often, and what
 * became of the tickets. Safe for use by several threads.
 */
final class KnownSale {
    /** Settings of services that see the address a test pretends to have, and refuse nobody for pressing often. */
    static final List<String> SETTINGS = List.of(
            "--dibs.trusted-proxies=127.0.0.1",
            "--dibs.rate.grabs=0",
            "--dibs.rate.burst=1000",
            "--dibs.rate.per-second=1000",
            "--dibs.rate.offence.refusals=0");

    static final String STALLS = "stalls";
    static final String BOX = "box";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration RETRY = Duration.ofMillis(300);
    private static final int ATTEMPTS = 60;
    private static final int PENDING = 1;
    private static final int SYSTEM_ERROR = -3;
    private static final String JSON = "application/json";

    /** A ticket and its owner. */
    record Won(int sequence, String user, String address, String ticketId, String code, String status) {
        String kind() {
            return kindOf(sequence);
        }

        private Won now(String other) {
            return new Won(sequence, user, address, ticketId, code, other);
        }
    }

    private final Client client;
    private final String operator;
    private final String id;
    private final Map<Integer, Won> tickets = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    private KnownSale(Client client, String id) {
        this.client = client;
        this.id = id;
        operator = client.adminToken();
    }

    /** On sale at each instance when this returns. Every fourth ticket is in a box. */
    static KnownSale open(Client client, String name, int stock) {
        KnownSale sale = new KnownSale(client, TestIds.activity(name).value());
        // One that has not read yet that the other one has imported codes would not publish it (README, Limits).
        Client one = client.each().get(0);
        long now = System.currentTimeMillis() / 1_000;
        sale.operate(one, "/admin/activities", "application/yaml", """
                id: %s
                name: "A sale, \\"quoted\\" and 电影"
                desc: ""
                image: ""
                start_time: %d
                end_time: %d
                limit_per_user: 1
                tickets:
                  - {kind: stalls, name: Stalls, desc: "", image: "", start_time: %d, end_time: %d}
                  - {kind: box, name: Box, desc: "", image: "", start_time: %d, end_time: %d}
                """.formatted(
                        sale.id, now - 10, now + 3_600, now - 10, now + 7_200, now - 10, now + 7_200));
        sale.operate(
                one,
                sale.path("/codes"),
                "text/csv",
                IntStream.range(0, stock)
                        .mapToObj(i -> sale.id + "-" + i + "," + kindOf(i))
                        .collect(Collectors.joining("\n", "code,ticket\n", "\n")));
        sale.operate(one, sale.path("/publish"), JSON, "");
        client.awaitPublished(sale.id);
        return sale;
    }

    String id() {
        return id;
    }

    String operator() {
        return operator;
    }

    /** By sequence. */
    Map<Integer, Won> tickets() {
        return tickets;
    }

    /** Refusals by address. */
    Map<String, Integer> refused() {
        return refused;
    }

    int requests() {
        return requests.get();
    }

    /** With the one request of somebody who wants one ticket. */
    void grab(String user, String address) {
        grab(user, "first", address);
    }

    /** Grabs from this address, and again while nothing is decided; what came of it is what is known from here on. */
    void grab(String user, String requestId, String address) {
        String token = Client.tokenOf(user);
        String path = "/ticket/get?actId=" + id + "&requestId=" + requestId;
        Reply reply = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            requests.incrementAndGet();
            reply = client.call("GET", path, token, "", "X-Forwarded-For", address);
            if (reply.ret() != PENDING && reply.ret() != SYSTEM_ERROR) {
                break;
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
        if (reply.isGranted()) {
            String code = reply.data().required("code").stringValue();
            int sequence = Integer.parseInt(code.substring(code.lastIndexOf('-') + 1));
            String ticket = reply.data().required("id").stringValue();
            tickets.put(sequence, new Won(sequence, user, address, ticket, code, "granted"));
        } else {
            assertThat(reply.ret()).as("%s", reply.body()).isNegative().isNotEqualTo(SYSTEM_ERROR);
            refused.merge(address, 1, Integer::sum);
        }
    }

    void redeem(int sequence) {
        Won won = tickets.get(sequence);
        String gate = Client.tokenOf("gate-keeper", "gate");
        String body = "{\"code\":\"" + won.code() + "\",\"gate\":\"north\",\"requestId\":\"door-" + sequence + "\"}";
        await().atMost(PATIENCE)
                .until(() ->
                        client.post("/admin/tickets/redeem", gate, JSON, body).status() == 200);
        tickets.put(sequence, won.now("redeemed"));
    }

    void revoke(int sequence) {
        Won won = tickets.get(sequence);
        client.awaitTicket(id, won.user(), won.ticketId());
        operate(client, "/admin/tickets/" + won.ticketId() + "/revoke", JSON, "{\"reason\":\"a chargeback\"}");
        tickets.put(sequence, won.now("revoked"));
    }

    /** Until the stream-processor has counted all that was done. */
    void awaitCounted() {
        long used = tickets.values().stream()
                .filter(won -> !won.status().equals("granted"))
                .count();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode stats = client.get(path("/stats"), operator).body();
            assertThat(stats.path("requests").asInt(-1)).as("%s", stats).isEqualTo(requests());
            assertThat(stats.path("fairness").path("measured").asInt(-1)).isEqualTo(tickets.size());
            assertThat(stats.path("redeemed").asInt(0) + stats.path("revoked").asInt(0))
                    .isEqualTo((int) used);
            // A request is counted before its answer, and the seconds are in another topic than the totals.
            assertThat(stats.path("answers")
                            .valueStream()
                            .mapToInt(JsonNode::asInt)
                            .sum())
                    .isEqualTo(requests());
            assertThat(bySecond(stats, "requests")).isEqualTo(requests());
            assertThat(bySecond(stats, "granted")).isEqualTo(tickets.size());
            assertThat(bySecond(stats, "refused"))
                    .isEqualTo(refused.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        });
    }

    private static String kindOf(int sequence) {
        return sequence % 4 == 0 ? BOX : STALLS;
    }

    private static int bySecond(JsonNode stats, String field) {
        return stats.path("seconds")
                .valueStream()
                .mapToInt(row -> row.required(field).intValue())
                .sum();
    }

    private void operate(Client at, String path, String type, String body) {
        Reply reply = at.post(path, operator, type, body);
        assertThat(reply.status()).as("%s", reply.body()).isBetween(200, 201);
    }

    private String path(String rest) {
        return "/admin/activities/" + id + rest;
    }
}
