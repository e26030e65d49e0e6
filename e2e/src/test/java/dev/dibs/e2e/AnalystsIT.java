package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.audit.AuditSources;
import dev.dibs.audit.Quiescence;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.standalone.export.ExportFormat;
import dev.dibs.standalone.export.ExportQuery;
import dev.dibs.standalone.export.ResultsFile;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import dev.dibs.topics.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What analysts read equals what a plain recount of the log gives, whichever way they read it. In every build with a few
 * thousand grabs; {@code -Danalysts.grabs=100000} takes as many as wanted.
 */
class AnalystsIT {
    private static final int SELLERS = 4;
    private static final int ACTIVITIES = 20;
    private static final int GRABS = Integer.getInteger("analysts.grabs", 4_000);
    /** Of all codes of an activity so many more buyers come. */
    private static final double DEMAND = 1.2;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DATABASE = TestDatabase.nameFor(AnalystsIT.class);
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE, List.of("--dibs.rate.grabs=0")).start();
        client = new Client(services.apis());
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void topicsStatisticsAndFilesEqualARecountOfTheLog() throws Exception {
        List<Sale> sales = sell();
        Set<ActivityId> ids = sales.stream().map(Sale::id).map(ActivityId::new).collect(Collectors.toUnmodifiableSet());
        assertThat(Quiescence.await(sources(ids), PATIENCE)).isEmpty();

        LogRecount recount = LogRecount.of(ids, Services.pseudonyms());

        assertThat(recount.grabs()).isEqualTo((long) ACTIVITIES * (GRABS / ACTIVITIES));
        assertThat(recount.redeemed()).isEqualTo(ACTIVITIES);
        assertThat(recount.revoked()).isEqualTo(ACTIVITIES);
        assertThat(rows(ids)).isEqualTo(recount.rows());
        // An instance tells once a second what it was asked, and the sums follow.
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            FunnelRecount funnel = FunnelRecount.of(ids);
            assertTotals(recount, funnel, ids);
            assertSeconds(recount, funnel, ids);
        });
        OperatorClient operator = new OperatorClient(services.apis().get(0), Services.ADMIN_PASSWORD);
        for (Sale sale : sales) {
            List<String> expected = recount.file(new ActivityId(sale.id()));
            assertThat(csv(sale)).as(sale.id()).isEqualTo(expected);
            assertThat(parquet(operator, sale)).as(sale.id()).isEqualTo(expected);
        }
        assertThat(TopicReader.read(Topics.ALARMS)).isEmpty();
    }

    private static List<Sale> sell() throws InterruptedException, ExecutionException {
        int stock = GRABS / ACTIVITIES;
        String operator = client.adminToken();
        String gate = Client.tokenOf("gate-keeper", "gate");
        List<Sale> sales = IntStream.range(0, ACTIVITIES)
                .mapToObj(i -> Sale.open(client, "analysts-" + i, stock, 1))
                .toList();
        // Not in the pool that all share: what the clients go on with runs there, and would wait for whoever waits for
        // it.
        ExecutorService sellers = Executors.newFixedThreadPool(SELLERS);
        List<Callable<Object>> all = sales.stream()
                .map(sale -> Executors.callable(() -> sell(sale, stock, operator, gate)))
                .toList();
        for (Future<Object> sold : sellers.invokeAll(all)) {
            sold.get();
        }
        sellers.shutdown();
        return sales;
    }

    private static void sell(Sale sale, int stock, String operator, String gate) {
        List<Reply> replies = sale.grabs((int) (stock * DEMAND), i -> "buyer-" + i, i -> "r" + i);
        List<Reply> won = replies.stream().filter(reply -> reply.ret() == 0).toList();
        assertThat(won).as(sale.id()).hasSize(stock);
        sale.awaitGranted(stock);
        String ticket = won.get(0).data().required("id").stringValue();
        String code = won.get(1).data().required("code").stringValue();
        done(() ->
                client.post("/admin/tickets/" + ticket + "/revoke", operator, JSON, "{\"reason\":\"a chargeback\"}"));
        done(() -> client.post(
                "/admin/tickets/redeem", gate, JSON, "{\"code\":\"%s\",\"gate\":\"north\"}".formatted(code)));
    }

    /** A busy machine may say 503, which means: the same again. */
    private static void done(java.util.function.Supplier<Reply> call) {
        await().atMost(PATIENCE).until(() -> call.get().status() != 503);
    }

    private static AuditSources sources(Set<ActivityId> ids) {
        return new AuditSources(
                TestServers.kafka(),
                TestServers.redis(),
                TestServers.mongodb(),
                DATABASE,
                List.of(),
                ids,
                Services.seal(),
                Services.pseudonyms());
    }

    /** As the log's order within an activity has them. */
    private static Map<ActivityId, List<GrabResult>> rows(Set<ActivityId> ids) throws UndecodableRecordException {
        Map<ActivityId, List<GrabResult>> rows = new HashMap<>();
        for (byte[] value : TopicReader.read(Topics.GRAB_RESULTS)) {
            GrabResult row = GrabResultCodec.decode(value);
            if (ids.contains(row.activityId())) {
                rows.computeIfAbsent(row.activityId(), id -> new ArrayList<>()).add(row);
            }
        }
        return rows;
    }

    private static void assertTotals(LogRecount recount, FunnelRecount funnel, Set<ActivityId> ids)
            throws UndecodableRecordException {
        Map<ActivityId, ActivityStats> last = new HashMap<>();
        for (byte[] value : TopicReader.read(Topics.ACTIVITY_STATS)) {
            ActivityStats stats = ActivityStatsCodec.decode(value);
            last.put(stats.activityId(), stats);
        }
        for (ActivityId id : ids) {
            ActivityStats stats = last.get(id);
            LogRecount.Totals expected = recount.totals(id);
            assertThat(new LogRecount.Totals(
                            stats.stock(),
                            stats.granted(),
                            stats.free(),
                            stats.unreached(),
                            stats.redeemed(),
                            stats.revoked(),
                            stats.voided(),
                            stats.duplicates(),
                            stats.firstGrabbedAt(),
                            stats.lastGrabbedAt(),
                            stats.soldOutAt()))
                    .as("%s", id)
                    .isEqualTo(expected);
            assertThat(stats.holds()).as("%s", id).isTrue();
            assertThat(new FunnelRecount.Demand(stats.requests(), stats.answers()))
                    .as("%s", id)
                    .isEqualTo(funnel.total(id));
            assertThat(stats.requests()).as("%s", id).isGreaterThanOrEqualTo((long) (GRABS / ACTIVITIES * DEMAND));
            assertThat(stats.answers().get("soldOut")).as("%s", id).isPositive();
            assertThat(stats.waits().count()).as("%s", id).isEqualTo(stats.granted());
        }
    }

    private static void assertSeconds(LogRecount recount, FunnelRecount funnel, Set<ActivityId> ids)
            throws UndecodableRecordException {
        Map<ActivityId, Map<Long, LogRecount.Second>> seconds = new HashMap<>();
        Map<ActivityId, Map<Long, FunnelRecount.Demand>> demands = new HashMap<>();
        for (byte[] value : TopicReader.read(Topics.ACTIVITY_STATS_PER_SECOND)) {
            SecondStats row = SecondStatsCodec.decode(value);
            if (ids.contains(row.activityId())) {
                LogRecount.Second second = new LogRecount.Second(
                        row.stockAdded(), row.granted(), row.remaining(), row.redeemed(), row.revoked());
                seconds.computeIfAbsent(row.activityId(), id -> new TreeMap<>()).put(row.second(), second);
                demands.computeIfAbsent(row.activityId(), id -> new TreeMap<>())
                        .put(row.second(), new FunnelRecount.Demand(row.requests(), row.answers()));
            }
        }
        // Seconds in which only requests were counted add nothing that the log knows of.
        seconds.values().forEach(of -> of.values().removeIf(LogRecount.Second::isEmpty));
        assertThat(seconds).isEqualTo(recount.seconds());
        demands.values().forEach(of -> of.values().removeIf(FunnelRecount.Demand::isEmpty));
        assertThat(demands).isEqualTo(funnel.seconds());
    }

    /** Of each ticket: sequence, id, user, whether redeemed, whether revoked. */
    private static List<String> csv(Sale sale) {
        return sale.csv()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(row -> String.join(
                        " ",
                        row[0],
                        row[1],
                        row[2],
                        row[6].isEmpty() ? "-" : "redeemed",
                        row[7].isEmpty() ? "-" : "revoked"))
                .toList();
    }

    /** The same of the file that {@code ./dibs export} writes. */
    private static List<String> parquet(OperatorClient operator, Sale sale) throws SQLException {
        Path file = folder.resolve(sale.id() + ".parquet");
        new ResultsFile(operator, ExportQuery.everything(sale.id()), line -> {}).write(file, ExportFormat.PARQUET);
        List<String> rows = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("""
                        SELECT concat_ws(' ', sequence, ticket_id, user_id,
                               if(redeemed_at IS NULL, '-', 'redeemed'), if(revoked_at IS NULL, '-', 'revoked'))
                        FROM read_parquet('%s') ORDER BY sequence""".formatted(file))) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
