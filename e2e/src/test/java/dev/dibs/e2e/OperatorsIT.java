package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators are promised while a sale runs, over HTTP through two instances of the API. */
class OperatorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(1);
    private static final int PAUSED = -11;
    private static final int ENDED = -1;
    private static final int LIMIT_REACHED = -5;
    private static final String DATABASE = TestDatabase.nameFor(OperatorsIT.class);
    private static final String[] JSON = {"Content-Type", "application/json"};

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;
    /** One for each instance. */
    private static List<Client> instances;

    private static String operator;

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE).start();
        client = new Client(services.apis());
        instances = client.each();
        operator = client.adminToken();
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    /** Buyers who come one after the other at both instances, until they are told to stop. */
    private static final class Crowd implements AutoCloseable {
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicInteger buyers = new AtomicInteger();
        private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(4);
        private final List<Future<?>> workers = new ArrayList<>();

        Crowd(Sale sale) {
            for (int worker = 0; worker < 4; worker++) {
                workers.add(threads.submit(() -> {
                    while (going.get()) {
                        String buyer = "buyer-" + buyers.incrementAndGet();
                        replies.add(sale.persistentGrab(buyer, "only", new AtomicInteger()));
                    }
                }));
            }
        }

        void awaitMore() {
            int now = replies.size();
            await().atMost(PATIENCE).until(() -> replies.size() > now + 20);
        }

        List<Reply> stop() throws Exception {
            going.set(false);
            for (Future<?> worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
            return List.copyOf(replies);
        }

        @Override
        public void close() {
            going.set(false);
            threads.shutdown();
        }
    }

    @Test
    void changesAreLiveOnEveryInstanceWhileTheSaleGoesOnAndNothingIsLostOrDoubled() throws Exception {
        Sale sale = Sale.open(client, "changed", 20_000, 1);
        String path = "/admin/activities/" + sale.id();
        List<Reply> replies;
        Reply second;
        try (Crowd crowd = new Crowd(sale)) {
            crowd.awaitMore();

            // Texts: on both instances, within a second
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String name = "Name number " + i;
                done(instances.get(i % 2).call("PATCH", path, operator, "{\"name\":\"" + name + "\"}", JSON));
                long changed = System.nanoTime();
                for (Client instance : instances) {
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(10))
                            .until(() -> nameAt(instance, sale).equals(name));
                }
                delays.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - changed));
            }
            // The median: a busy machine may hold up any single one.
            assertThat(delays.stream().sorted().toList().get(2))
                    .as("milliseconds until a change was seen on both instances: %s", delays)
                    .isLessThanOrEqualTo(LIVE_WITHIN.toMillis());

            // A higher limit, and the old one again: by an epoch each, under load
            assertThat(sale.grab("anna", "r1").isGranted()).isTrue();
            assertThat(sale.grab("anna", "r2").ret()).isEqualTo(LIMIT_REACHED);
            done(instances.get(0).call("PATCH", path, operator, "{\"limit_per_user\":2}", JSON));
            second = sale.grab("anna", "r2");
            assertThat(second.isGranted()).isTrue();
            assertThat(sale.grab("anna", "r3").ret()).isEqualTo(LIMIT_REACHED);
            done(instances.get(1).call("PATCH", path, operator, "{\"limit_per_user\":1}", JSON));
            sale.grab("berta", "r1");
            assertThat(sale.grab("berta", "r2").ret()).isEqualTo(LIMIT_REACHED);
            assertThat(sale.grab("anna", "r2").data().required("id"))
                    .isEqualTo(second.data().required("id"));
            crowd.awaitMore();

            // Whoever comes after the answer finds it paused, at either instance
            done(instances.get(0).call("POST", path + "/pause", operator, "", JSON));
            for (Client instance : instances) {
                assertThat(grab(instance, sale, "late").ret()).isEqualTo(PAUSED);
            }
            done(instances.get(1).call("POST", path + "/resume", operator, "", JSON));
            crowd.awaitMore();

            // Where it was resumed: the other instance may not have read of that version yet.
            JsonNode now = instances.get(1).get(path, operator).body();
            long end = now.required("end_time").longValue();
            done(instances
                    .get(0)
                    .call(
                            "POST",
                            path + "/extend",
                            operator,
                            "{\"seconds\":60}",
                            "Content-Type",
                            "application/json",
                            "If-Match",
                            "\"" + now.required("version").longValue() + "\""));
            for (Client instance : instances) {
                await().atMost(PATIENCE)
                        .until(() -> detail(instance, sale).required("end_time").longValue() == end + 60);
            }
            crowd.awaitMore();

            done(instances.get(1).call("POST", path + "/end", operator, "", JSON));
            for (Client instance : instances) {
                assertThat(grab(instance, sale, "too-late").ret()).isEqualTo(ENDED);
            }
            replies = crowd.stop();
        }

        // Each buyer of the crowd has won, or came while it was paused or over
        assertThat(replies)
                .allMatch(reply -> reply.isGranted() || Set.of(PAUSED, ENDED).contains(reply.ret()));
        List<String> codes = replies.stream()
                .filter(Reply::isGranted)
                .map(reply -> reply.data().required("code").stringValue())
                .toList();
        assertThat(codes).doesNotHaveDuplicates();
        Audits.assertHolds(DATABASE, sale, PATIENCE);
        // anna has two, berta one
        sale.awaitGranted(codes.size() + 3);
    }

    @Test
    void ofTwoOperatorsWhoChangeTheSameVersionOneIsTold() {
        Sale sale = Sale.open(client, "two-operators", 5, 1);
        String path = "/admin/activities/" + sale.id();
        String version = "\"" + sale.figures().required("version").longValue() + "\"";

        List<Reply> replies = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> instances
                        .get(i % 2)
                        .call(
                                "PATCH",
                                path,
                                operator,
                                "{\"name\":\"By operator " + i + "\"}",
                                "Content-Type",
                                "application/json",
                                "If-Match",
                                version)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        List<Reply> done =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(done).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allSatisfy(reply ->
                        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(412));
        JsonNode name = done.get(0).body().required("name");
        client.awaitEverywhere(
                path, operator, reply -> reply.body().path("name").equals(name));
    }

    @Test
    void aCallUnderAKeyIsCarriedOutOnceWhicheverInstanceIsAsked() {
        String id = TestIds.activity("keyed").value();
        String[] key = {"Content-Type", "application/json", "Idempotency-Key", "create-" + id};
        Reply first = instances.get(0).call("POST", "/admin/activities", operator, document(id, "First"), key);
        Reply again = instances.get(1).call("POST", "/admin/activities", operator, document(id, "First"), key);
        Reply another = instances.get(1).call("POST", "/admin/activities", operator, document(id, "Another"), key);

        assertThat(first.status()).as("%s", first.body()).isEqualTo(201);
        assertThat(again).isEqualTo(first);
        assertThat(another.status()).isEqualTo(422);

        // The same import from both sides at once: one carries it out, the other waits for that or sees its answer
        String[] upload = {"Content-Type", "text/csv", "Idempotency-Key", "import-" + id};
        List<Reply> imports = instances.stream()
                .map(instance -> CompletableFuture.supplyAsync(() ->
                        instance.call("POST", "/admin/activities/" + id + "/codes", operator, codes(id, 50), upload)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(imports).anySatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().required("added").booleanValue()).isTrue();
        });
        assertThat(imports)
                .allMatch(reply ->
                        reply.status() == 409 || reply.body().required("added").booleanValue());
        assertThat(client.get("/admin/activities/" + id + "/imports", operator)
                        .body()
                        .required("list"))
                .hasSize(1);
    }

    @Test
    void codesImportedDuringTheSaleAreSeenToComeAndAreSold() {
        Sale sale = Sale.open(client, "more-codes", 10, 1);
        Sale other = Sale.open(client, "other-codes", 10, 1);
        String path = "/admin/activities/" + sale.id();
        assertThat(sale.grabs(20, i -> "early-" + i, i -> "only"))
                .filteredOn(Reply::isGranted)
                .hasSize(10);

        Reply accepted = instances
                .get(0)
                .call(
                        "POST",
                        path + "/codes",
                        operator,
                        codes(sale.id() + "-more", 3_000),
                        "Content-Type",
                        "text/csv",
                        "Prefer",
                        "respond-async");

        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        String job = path + "/imports/" + accepted.body().required("job").stringValue();
        JsonNode done = await().atMost(PATIENCE)
                .until(
                        () -> instances.get(1).get(job, operator).body(),
                        body -> !body.required("finishedAt").isNull());
        assertThat(done.required("stage").stringValue()).as("%s", done).isEqualTo("DONE");
        assertThat(done.required("rowsStored").intValue()).isEqualTo(3_000);
        assertThat(sale.grabs(100, i -> "late-" + i, i -> "only")).allMatch(Reply::isGranted);

        // Codes that are anywhere already are refused by their rows
        String mixed = "code,ticket\n" + sale.id() + "-more-7,standard\nnew-" + sale.id() + ",standard\n" + other.id()
                + "-3,standard\nnew-" + sale.id() + ",standard\n";
        Reply refused = client.post(path + "/codes", operator, "text/csv", mixed);
        assertThat(refused.status()).isEqualTo(422);
        Map<Integer, String> rows = new java.util.TreeMap<>();
        refused.body()
                .required("rows")
                .forEach(row -> rows.put(
                        row.required("row").intValue(), row.required("message").stringValue()));
        assertThat(rows).containsOnlyKeys(2, 4, 5);
        assertThat(rows.get(4)).contains(other.id());
        assertThat(sale.figures().required("stock").intValue()).isEqualTo(3_010);
        Audits.assertHolds(DATABASE, sale, PATIENCE);
    }

    private static String document(String id, String name) {
        long now = 1_795_000_000;
        return """
                {"id":"%s","name":"%s","start_time":%d,"end_time":%d,
                 "tickets":[{"kind":"standard","name":"T","start_time":%d,"end_time":%d}]}
                """.formatted(id, name, now, now + 3_600, now, now + 7_200);
    }

    private static String codes(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prefix + "-" + i + ",standard")
                .collect(Collectors.joining("\n", "code,ticket\n", "\n"));
    }

    private static void done(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    private static Reply grab(Client instance, Sale sale, String user) {
        return instance.get("/ticket/get?actId=" + sale.id() + "&requestId=r", Client.tokenOf(user));
    }

    private static String nameAt(Client instance, Sale sale) {
        return detail(instance, sale).required("name").stringValue();
    }

    private static JsonNode detail(Client instance, Sale sale) {
        return instance.get("/act/detail?actId=" + sale.id(), null).data();
    }
}
