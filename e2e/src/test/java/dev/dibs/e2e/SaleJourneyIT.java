package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What spec.md promises, seen from outside, over HTTP through two instances of the API. The same journeys run against
 * embedded servers, Testcontainers, or given addresses; see {@link TestServers}.
 */
class SaleJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = TestDatabase.nameFor(SaleJourneyIT.class);

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE).start();
        client = new Client(services.apis());
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    private static List<Reply> granted(List<Reply> replies) {
        return replies.stream().filter(Reply::isGranted).toList();
    }

    @Test
    void oneUserWhoPressesTwoHundredTimesAtOnceGetsExactlyOneTicket() {
        Sale sale = Sale.open(client, "presses", 50, 1);

        List<Reply> replies = sale.grabs(200, i -> "anna", i -> "press-" + i);

        assertThat(granted(replies)).hasSize(1);
        JsonNode ticket = granted(replies).get(0).data();
        assertThat(replies).filteredOn(reply -> !reply.isGranted()).allSatisfy(reply -> {
            assertThat(reply.ret()).isEqualTo(-5);
            assertThat(reply.data().required("id")).isEqualTo(ticket.required("id"));
        });
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    @Test
    void aCrowdGetsAllOfTheStockEachCodeOnceInTheOrderOfTheLedger() {
        Sale sale = Sale.open(client, "crowd", 100, 1);

        List<Reply> replies = sale.grabs(2_000, i -> "user-" + i, i -> "only");

        List<Reply> winners = granted(replies);
        assertThat(winners).hasSize(100);
        assertThat(winners)
                .extracting(reply -> reply.data().required("code").stringValue())
                .doesNotHaveDuplicates();
        assertThat(replies).filteredOn(reply -> !reply.isGranted()).allMatch(reply -> reply.ret() == -2);
        sale.awaitGranted(100);
        assertThat(sale.figures().required("remaining").intValue()).isZero();
        // The file is in the order of the ledger: sequences from 0, each winner with the code of the answer.
        List<String> rows = sale.csv().lines().skip(1).toList();
        assertThat(rows).hasSize(100);
        for (int sequence = 0; sequence < 100; sequence++) {
            assertThat(rows.get(sequence)).startsWith(sequence + ",").contains("," + sale.id() + "-" + sequence + ",");
        }
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    @Test
    void aRestartOfEveryServiceInBetweenChangesNothing() {
        Sale sale = Sale.open(client, "restart", 100, 1);
        List<Reply> before = granted(sale.grabs(60, i -> "early-" + i, i -> "only"));

        services.restart();
        List<Reply> repeated = granted(sale.grabs(60, i -> "early-" + i, i -> "only"));
        List<Reply> after = granted(sale.grabs(100, i -> "late-" + i, i -> "only"));

        assertThat(before).hasSize(60);
        assertThat(codes(repeated)).isEqualTo(codes(before));
        assertThat(after).hasSize(40);
        assertThat(codes(after)).doesNotContainAnyElementsOf(codes(before));
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    @Test
    void aRollingRestartDuringASaleCostsNobodyMoreThanAnotherTry() throws Exception {
        Sale sale = Sale.open(client, "rolling", 2_000, 1);
        AtomicBoolean rolling = new AtomicBoolean(true);
        AtomicInteger buyers = new AtomicInteger();
        AtomicInteger troubles = new AtomicInteger();
        Queue<Reply> replies = new ConcurrentLinkedQueue<>();
        ExecutorService crowd = Executors.newFixedThreadPool(8);
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            workers.add(crowd.submit(() -> {
                while (rolling.get()) {
                    replies.add(sale.persistentGrab("buyer-" + buyers.incrementAndGet(), "only", troubles));
                }
            }));
        }
        try {
            await().atMost(PATIENCE).until(() -> replies.size() > 100);

            services.restartOneByOne();
        } finally {
            rolling.set(false);
            crowd.shutdown();
        }
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }

        assertThat(replies).hasSize(buyers.get());
        assertThat(replies).allMatch(reply -> reply.isGranted() || reply.ret() == -2);
        assertThat(granted(List.copyOf(replies)))
                .extracting(reply -> reply.data().required("code").stringValue())
                .doesNotHaveDuplicates();
        // That nobody noticed anything at all would mean that nothing was restarted under load.
        assertThat(troubles).hasPositiveValue();
        Audits.assertHolds(DATABASE, sale, PATIENCE);
        sale.awaitGranted(granted(List.copyOf(replies)).size());
    }

    @Test
    void aWinnerSeesTheTicketAtOnceEverywhereAndNobodyElseDoes() {
        Sale sale = Sale.open(client, "visible", 5, 1);
        Client one = client.each().get(0);
        Client other = client.each().get(1);

        JsonNode won = sale.at(one).grab("anna", "r1").data();

        assertSeenByItsOwnerOnly(other, sale, won);
        assertSeenByItsOwnerOnly(one, sale, won);
    }

    /** Each of them asks an instance that nobody has asked since the ticket was won at the other one. */
    @Test
    void whicheverWayAWinnerLooksFirstTheTicketIsThere() {
        Sale sale = Sale.open(client, "looked-at", 60, 1);
        Client one = client.each().get(0);
        Client other = client.each().get(1);

        for (int i = 0; i < 60; i++) {
            String user = "winner-" + i;
            String won = sale.at(i % 2 == 0 ? one : other)
                    .grab(user, "r1")
                    .data()
                    .required("id")
                    .stringValue();
            Client elsewhere = i % 2 == 0 ? other : one;
            String path = List.of("/ticket/list", "/ticket/detail?ticketId=" + won, "/ticket/result?actId=" + sale.id())
                    .get(i % 3);
            Reply seen = elsewhere.get(path, Client.tokenOf(user));
            assertThat(seen.ret()).as(path).isZero();
            assertThat(seen.data().findValuesAsString("id")).as(path).contains(won);
        }
    }

    private static void assertSeenByItsOwnerOnly(Client instance, Sale sale, JsonNode won) {
        String anna = Client.tokenOf("anna");
        String path = "/ticket/detail?ticketId=" + won.required("id").stringValue();
        assertThat(instance.get(path, anna).data().required("code")).isEqualTo(won.required("code"));
        assertThat(instance.get("/ticket/result?actId=" + sale.id(), anna)
                        .data()
                        .required("id"))
                .isEqualTo(won.required("id"));
        assertThat(instance.get("/ticket/list", anna).data().required("list"))
                .anySatisfy(ticket -> assertThat(ticket.required("id")).isEqualTo(won.required("id")));
        assertThat(instance.get(path, Client.tokenOf("berta")).status()).isEqualTo(404);
        JsonNode activity = instance.get("/act/detail?actId=" + sale.id(), anna).data();
        assertThat(activity.required("participated").booleanValue()).isTrue();
        assertThat(activity.required("ticketId")).isEqualTo(won.required("id"));
        assertThat(activity.required("remaining").intValue()).isEqualTo(4);
    }

    private static List<String> codes(List<Reply> replies) {
        return replies.stream()
                .map(reply -> reply.data().required("code").stringValue())
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
