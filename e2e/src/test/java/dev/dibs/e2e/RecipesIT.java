package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.grab.AddressHash;
import dev.dibs.e2e.KnownSale.Won;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.servers.Executables;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recipes of docs/analysts.md give the right answers. They are run as they stand there, after a sale of which everything
 * is known, and what they answer is compared with it; what does not stand in any answer, with the log.
 */
@Timeout(600)
class RecipesIT {
    private static final Logger log = LoggerFactory.getLogger(RecipesIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int STOCK = 60;
    private static final int LEFT = 5;
    /** The office has eight buyers; the robot presses after all is gone to all but {@link #LEFT}. */
    private static final String OFFICE = "10.0.0.8";

    private static final String ROBOT = "10.0.0.66";
    private static final int REFUSALS = 25;
    private static final String PYTHON_CLIENT = "confluent-kafka==2.16.1";

    @TempDir
    private static Path folder;

    private static Services services;
    private static KnownSale sale;
    private static List<GrabResult> rows;
    private static Shell shell;
    private static Connection duckDb;

    @BeforeAll
    static void sellAndFetch() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        services = new Services(folder.resolve("state"), TestDatabase.nameFor(RecipesIT.class), KnownSale.SETTINGS)
                .start();
        sale = KnownSale.open(new Client(services.apis()), "recipes", STOCK);
        sell();
        rows = resultsOfLog();
        shell = new Shell(files);
        if (Executables.find("kcat").isPresent()) {
            shell.script(Recipes.named("fetch").text());
        } else {
            log.warn("Not run: the recipes for kcat, which is not installed; what they write is written by this test");
            TopicFiles.write(files);
        }
        shell.script(Recipes.named("prices").text());
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            // Where an analyst would have started it.
            statement.execute("SET file_search_path = '" + files + "'");
            for (String sql : Recipes.named("tables").statements()) {
                statement.execute(sql);
            }
        }
    }

    private static void sell() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> grabs = new ArrayList<>();
            for (int i = 0; i < STOCK - LEFT; i++) {
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
        // The same buyer with new requests: taken part already.
        for (int i = 0; i < REFUSALS; i++) {
            sale.grab("buyer-9-" + sale.id(), "press-" + i, ROBOT);
        }
        sale.redeem(0);
        sale.redeem(1);
        sale.revoke(4);
        sale.awaitCounted();
        assertThat(sale.tickets()).hasSize(STOCK - LEFT);
    }

    @AfterAll
    static void stop() throws SQLException {
        if (duckDb != null) {
            duckDb.close();
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
        assertThat(recipes.get(true)).isNotEmpty().allSatisfy(recipe -> assertThat(recipe.chapter())
                .isEqualTo("Recipes that no test runs"));
        assertThat(recipes.get(false)).noneSatisfy(recipe -> assertThat(recipe.chapter())
                .isEqualTo("Recipes that no test runs"));
    }

    @Test
    void kcatWritesWhatLiesInTheTopics() throws Exception {
        assumeThat(Executables.find("kcat")).as("kcat, on the PATH").isPresent();
        Path others = Files.createDirectory(folder.resolve("others"));
        TopicFiles.write(others);

        for (String file : TopicFiles.NAMES) {
            List<String> kcats = Files.readAllLines(folder.resolve("files").resolve(file));
            assertThat(kcats).as(file).isNotEmpty();
            // Others go on writing: what was there when kcat read is there still.
            assertThat(Files.readAllLines(others.resolve(file))).as(file).containsAll(kcats);
        }
    }

    @Test
    void kcatShowsTheAttributesOfCloudEvents() {
        assumeThat(Executables.find("kcat")).as("kcat, on the PATH").isPresent();

        List<String> lines = shell.script(Recipes.named("headers").text())
                .lines()
                .filter(line -> line.startsWith(sale.id() + ":"))
                .toList();

        assertThat(lines).hasSize(rows.size() + 3);
        assertThat(lines).allSatisfy(line -> assertThat(line)
                .contains("ce_specversion=1.0", "ce_type=dev.dibs.GrabResult", "ce_time=", "ce_id=")
                .contains("content-type=application/json"));
    }

    @Test
    void whoWon() throws SQLException {
        List<Map<String, Object>> answer = answers("who-won");

        assertThat(answer)
                .extracting(row -> row.get("sequence") + " " + row.get("ticketName") + " " + row.get("status"))
                .containsExactlyElementsOf(sale.tickets().values().stream()
                        .map(won -> won.sequence() + " " + (won.kind().equals(KnownSale.BOX) ? "Box " : "Stalls ")
                                + won.status())
                        .toList());
        assertThat(answer)
                .extracting(row -> row.get("userPseudonym"))
                .as("one for each buyer")
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(
                        rows.stream().map(GrabResult::userPseudonym).toList());
        assertThat(answer)
                .extracting(row -> row.get("grabbed_at_utc"))
                .containsExactlyElementsOf(
                        rows.stream().map(row -> utc(row.grabbedAt())).toList());
    }

    @Test
    void howTheSaleWentBySecond() throws SQLException {
        List<Map<String, Object>> answer = answers("by-second");

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
        assertThat(sum(answer, "refused_sold_out")).isZero();
        Map<String, Object> last = answer.get(answer.size() - 1);
        assertThat(number(last, "remaining_by_sums")).isEqualTo(LEFT);
        assertThat(number(last, "remaining")).isEqualTo(LEFT);
    }

    @Test
    void whetherEveryCodeIsAccountedFor() throws SQLException {
        Map<String, Object> answer = single(answers("accounts"));

        assertThat(number(answer, "stock")).isEqualTo(STOCK);
        assertThat(number(answer, "granted")).isEqualTo(STOCK - LEFT);
        assertThat(number(answer, "free") + number(answer, "unreached")).isEqualTo(LEFT);
        assertThat(answer.get("accounted_for")).isEqualTo(true);
        assertThat(answer.get("seconds_from_first_to_last")).as("some are left").isNull();
    }

    @Test
    void whichAddressesWereSuspicious() throws SQLException {
        AddressHash hash = new AddressHash("addresses:" + Services.JWT_SECRET);

        assertThat(answers("suspicious"))
                .extracting(row -> List.of(
                        row.get("addressHash"),
                        number(row, "refused_at_least"),
                        number(row, "tickets"),
                        number(row, "buyers")))
                .containsExactly(
                        List.of(hash.hash(ROBOT), (long) REFUSALS, 0L, 0L), List.of(hash.hash(OFFICE), 0L, 8L, 8L));
    }

    @Test
    void howFairItWas() throws SQLException {
        Map<String, Object> answer = single(answers("fairness"));

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
        List<Long> waited = rows.stream().map(GrabResult::waitedMillis).sorted().toList();
        assertThat(number(answer, "winners")).isEqualTo(rows.size());
        assertThat(number(answer, "overtaken")).isEqualTo(overtaken);
        assertThat(number(answer, "overtaken_as_measured")).isEqualTo(overtaken);
        assertThat(number(answer, "by_at_most_ms")).isEqualTo(most);
        assertThat(number(answer, "waited_p50_ms")).isEqualTo(quantile(waited, 50));
        assertThat(number(answer, "waited_p99_ms")).isEqualTo(quantile(waited, 99));
    }

    @Test
    void whatEachKindOfTicketBroughtIn() throws SQLException {
        Map<String, Long> sold = sale.tickets().values().stream()
                .filter(won -> !won.status().equals("revoked"))
                .collect(Collectors.groupingBy(Won::kind, Collectors.counting()));

        assertThat(answers("revenue"))
                .extracting(row -> row.get("ticketKind") + " " + row.get("sold") + " " + row.get("revenue"))
                .containsExactly(
                        "box " + sold.get(KnownSale.BOX) + " " + times("40.00", sold.get(KnownSale.BOX)),
                        "stalls " + sold.get(KnownSale.STALLS) + " " + times("12.50", sold.get(KnownSale.STALLS)));
    }

    @Test
    void thePythonClientSaysTheSame() throws IOException {
        String python = python();
        Path program = folder.resolve("files").resolve("winners.py");
        Files.writeString(program, Recipes.named("winners.py").text());

        Shell.Result result = shell.run(python, "winners.py");

        assertThat(result.isSuccess()).as("%s", result).isTrue();
        long half = quantile(rows.stream().map(GrabResult::waitedMillis).sorted().toList(), 50);
        assertThat(result.output().lines())
                .contains("%s: %d tickets, half of the winners waited at most %d ms"
                        .formatted(sale.id(), rows.size(), half));
        Map<Integer, String> pseudonyms =
                rows.stream().collect(Collectors.toMap(GrabResult::sequence, GrabResult::userPseudonym));
        assertThat(result.output().lines().filter(line -> line.startsWith(sale.id() + " ")))
                .containsExactlyElementsOf(sale.tickets().values().stream()
                        .map(won -> String.join(
                                " ",
                                sale.id(),
                                Integer.toString(won.sequence()),
                                won.kind(),
                                pseudonyms.get(won.sequence()),
                                won.status()))
                        .toList());
    }

    /** One that has the client; where there is none the test is skipped, and says why. */
    private static String python() {
        assumeThat(Executables.find("python3")).as("python3, on the PATH").isPresent();
        if (shell.run("python3", "-c", "import confluent_kafka").isSuccess()) {
            return "python3";
        }
        Shell.Result made = shell.run("python3", "-m", "venv", "venv");
        assumeThat(made.isSuccess()).as("a virtual environment: %s", made).isTrue();
        String python = "venv/bin/python";
        Shell.Result had = shell.run(python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", PYTHON_CLIENT);
        if (!had.isSuccess()) {
            log.warn("Not run: the recipe for Python, whose client {} cannot be had: {}", PYTHON_CLIENT, had);
        }
        assumeThat(had.isSuccess()).as("%s: %s", PYTHON_CLIENT, had).isTrue();
        return python;
    }

    /** The rows of this sale that a recipe answers. */
    private static List<Map<String, Object>> answers(String recipe) throws SQLException {
        List<Map<String, Object>> answers = new ArrayList<>();
        List<String> statements = Recipes.named(recipe).statements();
        assertThat(statements).hasSize(1);
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(statements.get(0))) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    Object value = result.getObject(column);
                    row.put(
                            result.getMetaData().getColumnLabel(column),
                            value instanceof java.sql.Timestamp time ? time.toLocalDateTime() : value);
                }
                if (sale.id().equals(row.get("activityId"))) {
                    answers.add(row);
                }
            }
        }
        return answers;
    }

    /** The first row of each ticket, in the order of sequences: what it was when it was won. */
    private static List<GrabResult> resultsOfLog() {
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
            return first.size() == sale.tickets().size() && seen == first.size() + 3;
        });
        return List.copyOf(first.values());
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

    /** The smallest value that so many of a hundred do not exceed. */
    private static long quantile(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static BigDecimal times(String price, long count) {
        return new BigDecimal(price).multiply(BigDecimal.valueOf(count));
    }

    private static LocalDateTime utc(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
