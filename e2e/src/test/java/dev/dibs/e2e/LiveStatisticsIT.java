package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.grab.AddressHash;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A sale is watched, over HTTP, at both of two instances; what is told is compared with what was done and with the log. */
@Timeout(300)
class LiveStatisticsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = TestDatabase.nameFor(LiveStatisticsIT.class);
    private static final int PRESSES = 3;

    @TempDir
    private static Path folder;

    private static Services services;
    private static String operator;

    private final Map<String, Long> answered = new TreeMap<>();
    private final Map<String, Long> refusedByAddress = new TreeMap<>();

    @BeforeAll
    static void start() {
        services = new Services(
                        folder,
                        DATABASE,
                        List.of(
                                "--dibs.trusted-proxies=127.0.0.1",
                                "--dibs.rate.grabs=" + PRESSES,
                                "--dibs.rate.period=1h",
                                "--dibs.rate.burst=1000",
                                "--dibs.rate.per-second=1000",
                                // The robot shall be refused for what it does, not for what it is.
                                "--dibs.rate.offence.refusals=0",
                                // Each press is counted, so a busy machine shall not have it made again.
                                "--dibs.grab.claim-timeout=30s",
                                "--dibs.grab.verdict-timeout=30s"))
                .start();
        operator = new Client(services.apis()).adminToken();
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void theFiguresAreThoseOfWhatWasDoneAndOfTheLog() {
        long now = System.currentTimeMillis() / 1_000;
        Watched sale = new Watched(services.apis(), operator).publish(5, now + 3_600);

        // Given each reason for a refusal, some of them more than once, from some addresses at both instances.
        presses(sale, 3, "notStarted", -4, i -> member("early-" + i), i -> "10.0.0.1");
        sale.begin(now - 60);
        await().atMost(PATIENCE).until(() -> phases(sale), List.of("on-sale", "on-sale")::equals);
        presses(sale, 2, "notEligible", -6, i -> token("stranger-" + i, "buyer"), i -> "10.0.0.2");
        sale.change("pause");
        await().atMost(PATIENCE).until(() -> phases(sale), List.of("paused", "paused")::equals);
        presses(sale, 4, "paused", -11, i -> member("patient-" + i), i -> "10.0.0.1");
        sale.change("resume");
        await().atMost(PATIENCE).until(() -> phases(sale), List.of("on-sale", "on-sale")::equals);
        presses(sale, 5, "granted", 0, i -> member("winner-" + i), i -> "10.0.1." + i);
        await().atMost(PATIENCE).until(() -> phases(sale), List.of("sold-out", "sold-out")::equals);
        presses(sale, 2, "alreadyTaken", -5, i -> member("winner-0"), i -> "10.0.1.0");
        presses(sale, 2 * PRESSES, "soldOut", -2, i -> member("robot"), i -> "10.0.0.66");
        presses(sale, 8, "tooManyRequests", -8, i -> member("robot"), i -> "10.0.0.66");
        String blocked = TestIds.user("blocked").value();
        sale.block(blocked);
        for (int i = 0; i < 3; i++) {
            press(sale, 0, "blocked", -8, member(blocked), i, "10.0.0.67");
        }
        sale.change("end");
        await().atMost(PATIENCE).until(() -> phases(sale), List.of("over", "over")::equals);
        presses(sale, 2, "ended", -1, i -> member("late-" + i), i -> "10.0.0.3");

        // When all has been counted, and both instances have read it
        long presses = answered.values().stream().mapToLong(Long::longValue).sum();
        await().atMost(PATIENCE).until(() -> counted(sale) == 5);
        await().atMost(PATIENCE)
                .until(() -> IntStream.range(0, 2)
                        .allMatch(instance -> isWhole(sale.stats(instance, operator), presses, 5)));

        // Then
        JsonNode stats = sale.stats(0, token("an-analyst", "analyst"));
        Map<String, Long> told = new TreeMap<>();
        stats.required("answers")
                .properties()
                .forEach(of -> told.put(of.getKey(), of.getValue().longValue()));
        assertThat(told).isEqualTo(answered);
        assertThat(addresses(stats)).isEqualTo(hashed(refusedByAddress));
        assertThat(stats.required("unlisted_address_at_most").longValue()).isZero();
        assertThat(stats.required("stock").intValue()).isEqualTo(5);
        assertThat(stats.required("granted").intValue()).isEqualTo(5);
        assertThat(stats.required("remaining").intValue()).isZero();
        assertThat(stats.required("conservation").toString()).isEqualTo("{\"issued\":5,\"open\":0,\"unreached\":0}");
        assertThat(stats.required("waits_ms").required("count").longValue()).isEqualTo(5);
        assertThat(stats.required("statistics").required("grants_behind").longValue())
                .isZero();
        assertEqualsTheLog(stats, winners(sale.id()));
        assertThat(requestsBySecond(stats)).isEqualTo(presses);
    }

    @Test
    void aStreamChangesWhileTheSaleRunsAndTellsAtOnceThatItIsSoldOut() throws Exception {
        int stock = 600;
        Watched sale = new Watched(services.apis(), operator).publish(stock, System.currentTimeMillis() / 1_000 - 60);
        ExecutorService buyers = Executors.newFixedThreadPool(16);
        try (Watched.Stream one = sale.watch(0, operator);
                Watched.Stream other = sale.watch(1, operator)) {
            await().atMost(PATIENCE)
                    .until(() -> !one.events().isEmpty() && !other.events().isEmpty());

            // Half of the codes go, and only once that has been seen, the other half.
            crowd(sale, buyers, 0, stock / 2);
            await().atMost(PATIENCE)
                    .until(() -> granted(one.last()) == stock / 2 && granted(other.last()) == stock / 2);
            crowd(sale, buyers, stock / 2, stock + 50);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(took(one.last())).as("%s", one.last()).isNotNegative();
                assertThat(took(other.last())).as("%s", other.last()).isNotNegative();
            });
            assertThat(one.events())
                    .extracting(LiveStatisticsIT::granted)
                    .isSorted()
                    .contains(0, stock / 2, stock);
            assertThat(one.events())
                    .filteredOn(event -> granted(event) < stock)
                    .allSatisfy(event ->
                            assertThat(event.required("phase").stringValue()).isEqualTo("on-sale"));
            assertThat(one.events())
                    .filteredOn(event -> granted(event) == stock)
                    .allSatisfy(event ->
                            assertThat(event.required("phase").stringValue()).isEqualTo("sold-out"));
            assertThat(one.isBroken()).isFalse();
        }
        buyers.shutdown();
        await().atMost(PATIENCE).until(() -> counted(sale) == stock);
        assertEqualsTheLog(sale.stats(0, operator), winners(sale.id()));
    }

    @Test
    void whileTheProcessorIsDownTheLedgerIsToldAndHowFarBehindTheRestIs() {
        Watched sale = new Watched(services.apis(), operator).publish(20, System.currentTimeMillis() / 1_000 - 60);
        presses(sale, 4, "granted", 0, i -> member("before-" + i), i -> "10.0.0.1");
        await().atMost(PATIENCE).until(() -> counted(sale) == 4);

        services.stopProcessor();
        presses(sale, 6, "granted", 0, i -> member("after-" + i), i -> "10.0.0.1");

        await().atMost(PATIENCE).until(() -> granted(sale.stats(0, operator)) == 10);
        JsonNode stats = sale.stats(0, operator);
        assertThat(stats.required("remaining").intValue()).isEqualTo(10);
        assertThat(stats.required("statistics").required("grants_behind").longValue())
                .isEqualTo(6);
        services.restart();
        await().atMost(PATIENCE).until(() -> counted(sale) == 10);
        assertThat(sale.stats(1, operator)
                        .required("statistics")
                        .required("grants_behind")
                        .longValue())
                .isZero();
    }

    /** Winners, as far as both instances have read of them. */
    private static long counted(Watched sale) {
        return Math.min(counted(sale.stats(0, operator)), counted(sale.stats(1, operator)));
    }

    private static long counted(JsonNode stats) {
        return stats.path("fairness").path("measured").asLong(0);
    }

    /** Whether all presses and the waits of all winners are in it, also by second: those are in another topic. */
    private static boolean isWhole(JsonNode stats, long presses, long winners) {
        long answers =
                stats.path("answers").valueStream().mapToLong(JsonNode::asLong).sum();
        return stats.path("requests").asLong(0) == presses
                && answers == presses
                && stats.path("waits_ms").path("count").asLong(0) == winners
                && requestsBySecond(stats) == presses;
    }

    private static long requestsBySecond(JsonNode stats) {
        return stats.required("seconds")
                .valueStream()
                .mapToLong(second -> second.required("requests").longValue())
                .sum();
    }

    /** Presses, at one instance and the other in turn, that are all answered so. */
    private void presses(
            Watched sale, int count, String answer, int ret, IntFunction<String> token, IntFunction<String> address) {
        for (int i = 0; i < count; i++) {
            press(sale, i % 2, answer, ret, token.apply(i), i, address.apply(i));
        }
    }

    private void press(Watched sale, int instance, String answer, int ret, String token, int number, String address) {
        Reply reply = sale.grab(instance, token, answer + "-" + number, address);
        assertThat(reply.ret()).as("%s", reply.body()).isEqualTo(ret);
        answered.merge(answer, 1L, Long::sum);
        if (ret != 0) {
            refusedByAddress.merge(address, 1L, Long::sum);
        }
    }

    private static void crowd(Watched sale, ExecutorService buyers, int from, int to) {
        List<CompletableFuture<Reply>> replies = IntStream.range(from, to)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> sale.settled(i % 2, member("user-" + i), "only", "10.1.0." + i % 200), buyers))
                .toList();
        replies.forEach(CompletableFuture::join);
    }

    private static List<String> phases(Watched sale) {
        return List.of(
                sale.stats(0, operator).required("phase").stringValue(),
                sale.stats(1, operator).required("phase").stringValue());
    }

    private static int granted(JsonNode stats) {
        return stats.path("granted").asInt(-1);
    }

    private static double took(JsonNode stats) {
        JsonNode took = stats.path("sell_out").path("took_seconds");
        return took.isNumber() ? took.doubleValue() : -1;
    }

    private static Map<String, List<Long>> addresses(JsonNode stats) {
        Map<String, List<Long>> told = new TreeMap<>();
        stats.required("refused_addresses")
                .forEach(refused -> told.put(
                        refused.required("address_hash").stringValue(),
                        List.of(
                                refused.required("at_least").longValue(),
                                refused.required("at_most").longValue())));
        return told;
    }

    private static Map<String, List<Long>> hashed(Map<String, Long> refusals) {
        AddressHash hash = new AddressHash("addresses:" + Services.JWT_SECRET);
        Map<String, List<Long>> hashed = new TreeMap<>();
        refusals.forEach((address, count) -> hashed.put(hash.hash(address), List.of(count, count)));
        return hashed;
    }

    /** Compares each winner with each other one. */
    private static void assertEqualsTheLog(JsonNode stats, List<TicketGrabbed> winners) {
        List<Long> arrivals = winners.stream()
                .sorted(Comparator.comparingLong(TicketGrabbed::epoch).thenComparingInt(TicketGrabbed::sequence))
                .map(grab -> Math.min(grab.requestedAt(), grab.grabbedAt()))
                .toList();
        long inversions = 0;
        long overtaken = 0;
        for (int later = 0; later < arrivals.size(); later++) {
            long arrival = arrivals.get(later);
            long before = arrivals.subList(0, later).stream()
                    .filter(other -> other > arrival)
                    .count();
            inversions += before;
            overtaken += before > 0 ? 1 : 0;
        }
        JsonNode fairness = stats.required("fairness");
        assertThat(fairness.required("measured").longValue()).isEqualTo(winners.size());
        assertThat(fairness.required("overtaken").longValue()).isEqualTo(overtaken);
        if (fairness.required("exact").booleanValue()) {
            assertThat(fairness.required("inversions").longValue()).isEqualTo(inversions);
        } else {
            assertThat(fairness.required("inversions").longValue()).isLessThanOrEqualTo(inversions);
        }
        assertThat(stats.required("first_winner_ms").longValue())
                .isEqualTo(winners.stream()
                        .mapToLong(TicketGrabbed::grabbedAt)
                        .min()
                        .orElseThrow());
        assertThat(stats.required("last_winner_ms").longValue())
                .isEqualTo(winners.stream()
                        .mapToLong(TicketGrabbed::grabbedAt)
                        .max()
                        .orElseThrow());
        assertThat(stats.required("sell_out").required("sold_out_at_ms")).isEqualTo(stats.required("last_winner_ms"));
    }

    /** The valid grabs, by a fold of the whole log. */
    private static List<TicketGrabbed> winners(String activityId) {
        List<TicketGrabbed> winners = new ArrayList<>();
        LogListener listener = new LogListener() {
            @Override
            public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
                if (verdict == Verdict.VALID
                        && event instanceof TicketGrabbed grab
                        && grab.activityId().value().equals(activityId)) {
                    winners.add(grab);
                }
            }
        };
        try (LedgerTail tail = new LedgerTail(
                Map.of("bootstrap.servers", TestServers.kafka()), Map.of(), new MemoryLedgerState(), listener)) {
            tail.foldToEnd();
        }
        return winners;
    }

    private static String member(String user) {
        return token(user, Watched.ROLE);
    }

    private static String token(String user, String role) {
        Instant now = Instant.now();
        return Jwts.builder()
                .subject(user)
                .claim("roles", List.of(role))
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(Duration.ofMinutes(15))))
                .signWith(Keys.hmacShaKeyFor(Services.JWT_SECRET.getBytes(StandardCharsets.UTF_8)))
                .compact();
    }
}
