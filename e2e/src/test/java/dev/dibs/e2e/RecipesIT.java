package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.grab.AddressHash;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.e2e.KnownSale.Won;
import dev.dibs.ids.UserId;
import dev.dibs.measures.Distribution;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.topics.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes of docs/analysts.md give the right answers. They are run as they stand there, after a sale of which everything
 * is known, and what they answer is compared with it; what buyers are not told, with the rows.
 */
@Timeout(600)
class RecipesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NOT_RUN = "Recipes that no test runs";
    private static final int STOCK = 60;
    /** Eight of the buyers sit in one office. */
    private static final String OFFICE = "10.0.0.8";
    /** Presses when everything is gone. */
    private static final String ROBOT = "10.0.0.66";

    private static final int REFUSALS = 25;
    /** Tickets that something became of afterwards. */
    private static final int USED = 3;

    @TempDir
    private static Path folder;

    private static Services services;
    private static KnownSale sale;
    private static List<GrabResult> rows;
    private static Path files;
    private static Analyst analyst;

    @BeforeAll
    static void sellAndFetch() throws Exception {
        services = new Services(folder.resolve("state"), TestDatabase.nameFor(RecipesIT.class), KnownSale.SETTINGS)
                .start();
        sale = KnownSale.open(new Client(services.apis()), "recipes", STOCK);
        sell();
        rows = rowsOfWinners();
        files = Files.createDirectory(folder.resolve("files"));
        analyst = Analyst.in(files);
        analyst.fetch();
        analyst.script("prices");
        analyst.execute("tables");
    }

    private static void sell() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> grabs = new ArrayList<>();
            for (int i = 0; i < STOCK; i++) {
                String user = "buyer-" + i + "-" + sale.id();
                String address = i < 8 ? OFFICE : "10.0.1." + i;
                grabs.add(crowd.submit(() -> sale.grab(user, address)));
            }
            for (Future<?> grab : grabs) {
                grab.get();
            }
        } finally {
            crowd.shutdown();
        }
        for (int i = 0; i < REFUSALS; i++) {
            sale.grab("robot-" + i + "-" + sale.id(), ROBOT);
        }
        assertThat(sale.tickets()).hasSize(STOCK);
        sale.redeem(0);
        sale.redeem(1);
        sale.revoke(4);
        sale.awaitCounted();
    }

    @AfterAll
    static void stop() throws Exception {
        if (analyst != null) {
            analyst.close();
        }
        if (services != null) {
            services.close();
        }
    }

    @Test
    void everyRecipeIsRunOrSaysThatItIsNot() {
        Map<Boolean, List<Recipes.Recipe>> recipes = Recipes.all().stream()
                .collect(Collectors.partitioningBy(recipe -> recipe.name().equals(Recipes.NOT_RUN)));

        assertThat(recipes.get(false))
                .extracting(Recipes.Recipe::name)
                .containsExactlyInAnyOrder(
                        "headers",
                        "fetch",
                        "tables",
                        "who-won",
                        "by-second",
                        "accounts",
                        "suspicious",
                        "fairness",
                        "prices",
                        "revenue",
                        "winners.py");
        assertThat(recipes.get(false)).extracting(Recipes.Recipe::chapter).doesNotContain(NOT_RUN);
        // Rules for who may read what are for a broker that asks who somebody is; the tests' broker does not.
        assertThat(recipes.get(true))
                .extracting(Recipes.Recipe::chapter)
                .containsOnly(NOT_RUN, "What the topics promise");
    }

    @Test
    void kcatWritesWhatLiesInTheTopics() throws Exception {
        assumeThat(Analyst.hasKcat()).as("kcat is installed").isTrue();
        Path others = Files.createDirectory(folder.resolve("others"));
        TopicFiles.write(others);

        for (String file : TopicFiles.NAMES) {
            // What was there when kcat read is there still, whatever has come since.
            assertThat(Files.readAllLines(others.resolve(file)))
                    .as(file)
                    .isNotEmpty()
                    .containsAll(Files.readAllLines(files.resolve(file)));
        }
    }

    @Test
    void kcatShowsTheAttributesOfCloudEvents() {
        assumeThat(Analyst.hasKcat()).as("kcat is installed").isTrue();

        List<String> lines = analyst.script("headers")
                .lines()
                .filter(line -> line.startsWith(sale.id() + ":"))
                .toList();

        assertThat(lines).hasSize(STOCK + USED);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .contains("ce_specversion=1.0", "ce_type=dev.dibs.GrabResult", "ce_time=", "ce_id=")
                        .contains("content-type=application/json"));
    }

    @Test
    void whoWon() throws Exception {
        List<Map<String, Object>> answer = analyst.answers("who-won", sale.id());

        assertThat(answer)
                .extracting(row -> row.get("sequence") + " " + row.get("ticketName") + " " + row.get("status"))
                .containsExactlyElementsOf(sale.tickets().values().stream()
                        .map(won -> won.sequence()
                                + (won.kind().equals(KnownSale.BOX) ? " Box " : " Stalls ")
                                + won.status())
                        .toList());
        assertThat(answer)
                .extracting(row -> row.get("userPseudonym"))
                .as("each buyer has one")
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(sale.tickets().values().stream()
                        .map(RecipesIT::pseudonym)
                        .toList());
        assertThat(answer)
                .extracting(row -> row.get("grabbed_at_utc"))
                .containsExactlyElementsOf(
                        rows.stream().map(row -> utc(row.grabbedAt())).toList());
    }

    @Test
    void howTheSaleWentBySecond() throws Exception {
        List<Map<String, Object>> answer = analyst.answers("by-second", sale.id());

        Map<LocalDateTime, Long> granted = new TreeMap<>();
        rows.forEach(row -> granted.merge(utc(row.grabbedAt() / 1_000 * 1_000), 1L, Long::sum));
        Map<Object, Long> told = answer.stream()
                .filter(row -> number(row, "granted") > 0)
                .collect(Collectors.toMap(row -> row.get("at_utc"), row -> number(row, "granted")));
        assertThat(told).isEqualTo(granted);
        assertThat(answer).extracting(row -> row.get("at_utc").toString()).isSorted();
        long soFar = 0;
        for (Map<String, Object> row : answer) {
            soFar += number(row, "granted");
            assertThat(number(row, "granted_so_far")).isEqualTo(soFar);
        }
        assertThat(sum(answer, "requests")).isEqualTo(sale.requests());
        assertThat(sum(answer, "refused_sold_out")).isEqualTo(REFUSALS);
        Map<String, Object> last = answer.get(answer.size() - 1);
        assertThat(number(last, "remaining_by_sums")).isZero();
        assertThat(number(last, "remaining")).isZero();
    }

    @Test
    void whetherEveryCodeIsAccountedFor() throws Exception {
        Map<String, Object> answer = single(analyst.answers("accounts", sale.id()));

        long first = rows.stream().mapToLong(GrabResult::grabbedAt).min().orElseThrow();
        long last = rows.stream().mapToLong(GrabResult::grabbedAt).max().orElseThrow();
        assertThat(number(answer, "stock")).isEqualTo(STOCK);
        assertThat(number(answer, "granted")).isEqualTo(STOCK);
        assertThat(number(answer, "free")).isZero();
        assertThat(number(answer, "unreached")).isZero();
        assertThat(answer.get("accounted_for")).isEqualTo(true);
        assertThat(answer.get("seconds_from_first_to_last")).isEqualTo((last - first) / 1_000.0);
    }

    @Test
    void whichAddressesWereSuspicious() throws Exception {
        AddressHash hash = new AddressHash("addresses:" + Services.JWT_SECRET);

        assertThat(analyst.answers("suspicious", sale.id()))
                .extracting(row -> List.of(
                        row.get("addressHash"),
                        number(row, "refused_at_least"),
                        number(row, "tickets"),
                        number(row, "buyers")))
                .containsExactly(
                        List.of(hash.hash(ROBOT), (long) REFUSALS, 0L, 0L), List.of(hash.hash(OFFICE), 0L, 8L, 8L));
    }

    @Test
    void howFairItWas() throws Exception {
        Map<String, Object> answer = single(analyst.answers("fairness", sale.id()));

        List<Long> arrivals = rows.stream()
                .sorted(Comparator.comparingLong(GrabResult::epoch).thenComparingInt(GrabResult::sequence))
                .map(row -> Math.min(row.requestedAt(), row.grabbedAt()))
                .toList();
        long overtaken = 0;
        long most = 0;
        for (int place = 0; place < arrivals.size(); place++) {
            long latest = arrivals.subList(0, place).stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            overtaken += latest > arrivals.get(place) ? 1 : 0;
            most = Math.max(most, latest - arrivals.get(place));
        }
        assertThat(number(answer, "winners")).isEqualTo(STOCK);
        assertThat(number(answer, "overtaken")).isEqualTo(overtaken);
        assertThat(number(answer, "by_at_most_ms")).isEqualTo(most);
        assertThat(number(answer, "to_the_log_p50_ms")).isEqualTo(toTheLog(50));
        assertThat(number(answer, "to_the_log_p99_ms")).isEqualTo(toTheLog(99));
        Distribution waits = totals().waits();
        assertThat(number(answer, "to_the_answer_p50_ms"))
                .isEqualTo(waits.p50())
                .isPositive();
        assertThat(number(answer, "to_the_answer_p99_ms")).isEqualTo(waits.p99());
        // The stream-processor says itself when it has seen too little to be exact.
        boolean exact = (boolean) answer.get("measured_exactly");
        assertThat(number(answer, "overtaken_as_measured")).isBetween(exact ? overtaken : 0, overtaken);
    }

    @Test
    void whatEachKindOfTicketBroughtIn() throws Exception {
        Map<String, Long> sold = sale.tickets().values().stream()
                .filter(won -> !won.status().equals("revoked"))
                .collect(Collectors.groupingBy(Won::kind, Collectors.counting()));

        assertThat(analyst.answers("revenue", sale.id()))
                .extracting(row -> row.get("ticketKind") + " " + row.get("sold") + " " + row.get("revenue"))
                .containsExactly(
                        "box " + sold.get(KnownSale.BOX) + " " + times("40.00", sold.get(KnownSale.BOX)),
                        "stalls " + sold.get(KnownSale.STALLS) + " " + times("12.50", sold.get(KnownSale.STALLS)));
    }

    @Test
    void thePythonClientSaysTheSame() throws Exception {
        List<String> lines = analyst.python("winners.py").lines().toList();

        assertThat(lines)
                .contains("%s: %d tickets, half of them in the log within %d ms"
                        .formatted(sale.id(), STOCK, toTheLog(50)));
        assertThat(lines)
                .filteredOn(line -> line.startsWith(sale.id() + " "))
                .containsExactlyElementsOf(sale.tickets().values().stream()
                        .map(won -> "%s %d %s %s %s"
                                .formatted(sale.id(), won.sequence(), won.kind(), pseudonym(won), won.status()))
                        .toList());
    }

    /** Read without any recipe: the first row of each ticket, by sequence. */
    private static List<GrabResult> rowsOfWinners() {
        Map<Integer, GrabResult> first = new TreeMap<>();
        await().atMost(PATIENCE).until(() -> {
            first.clear();
            int seen = 0;
            for (ConsumerRecord<byte[], byte[]> record : TopicRecords.of(Topics.GRAB_RESULTS)) {
                if (new String(record.key(), StandardCharsets.UTF_8).startsWith(sale.id() + ":")) {
                    GrabResult row = GrabResultCodec.decode(record.value());
                    first.putIfAbsent(row.sequence(), row);
                    seen++;
                }
            }
            return first.size() == STOCK && seen == STOCK + USED;
        });
        return List.copyOf(first.values());
    }

    /** As only the operator, who has the key, can tell it. */
    private static String pseudonym(Won won) {
        return Services.pseudonyms().of(new UserId(won.user()));
    }

    private static Map<String, Object> single(List<Map<String, Object>> answers) {
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static long number(Map<String, Object> row, String column) {
        assertThat(row.get(column)).as("%s of %s", column, row).isInstanceOf(Number.class);
        return ((Number) row.get(column)).longValue();
    }

    private static long sum(List<Map<String, Object>> answer, String column) {
        return answer.stream().mapToLong(row -> number(row, column)).sum();
    }

    /** Read without any recipe: the last of the sale. */
    private static ActivityStats totals() throws UndecodableRecordException {
        ActivityStats last = null;
        for (byte[] value : TopicReader.read(Topics.ACTIVITY_STATS)) {
            ActivityStats stats = ActivityStatsCodec.decode(value);
            last = stats.activityId().value().equals(sale.id()) ? stats : last;
        }
        return last;
    }

    /** So many of a hundred grabs were in the log within so many milliseconds. */
    private static long toTheLog(int percent) {
        List<Long> sorted = rows.stream().map(GrabResult::waitedMillis).sorted().toList();
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static BigDecimal times(String price, long count) {
        return new BigDecimal(price).multiply(BigDecimal.valueOf(count));
    }

    private static LocalDateTime utc(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
