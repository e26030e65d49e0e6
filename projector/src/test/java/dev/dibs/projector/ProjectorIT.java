package dev.dibs.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.projector.fixtures.ExpectedTickets;
import dev.dibs.projector.fixtures.RandomSale;
import dev.dibs.projector.fixtures.TestMongo;
import dev.dibs.projector.rebuild.RebuildException;
import dev.dibs.projector.rebuild.RebuildReport;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.testkit.TestLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole projector between a broker and a database of its own, in which everything happens that can. */
@Timeout(180)
final class ProjectorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FAR_AWAY = 30_000_000_000L;

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final List<AutoCloseable> opened = new ArrayList<>();
    /** Not the common pool: on a small machine it has a single thread. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private EmbeddedKafka kafka;
    private EmbeddedMongo mongo;
    private TestMongo outside;
    private TestLog log;
    private final ExpectedTickets expected = new ExpectedTickets();
    private RandomSale sale;

    @BeforeEach
    void startServers() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        opened.add(kafka);
        mongo = EmbeddedMongo.start(folder.resolve("mongo"));
        opened.add(() -> mongo.close());
        log = TestLog.connect(kafka.bootstrapServers());
        opened.add(log);
        outside = new TestMongo(mongo.uri(), Documents.DATABASE);
        opened.add(outside);
        List<ActivityId> activities =
                IntStream.range(0, 5).mapToObj(i -> new ActivityId("sale-" + i)).toList();
        activities.forEach(id -> log.write(activity(id, 1)));
        sale = new RandomSale(seed, log, outside, expected, activities);
    }

    @AfterEach
    void closeAll() throws Exception {
        threads.shutdownNow();
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void theCollectionEqualsTheFoldOfTheLog() {
        // Given
        sale.happen(2_000);
        Projector projector = start();

        // When
        sale.happen(2_000);

        // Then, last of all, the positions are written
        await().atMost(PATIENCE).until(() -> projector.positions().equals(expected.positions()));
        awaitFold();
        assertThat(projector.counters().undecodable()).isPositive();
        assertThat(projector.counters().withoutCode()).isZero();
    }

    @Test
    void aRestartInTheMiddleChangesNothing() {
        // Given
        ConfigurableApplicationContext first = run();
        sale.happen(1_000);
        await().atMost(PATIENCE).until(() -> !outside.currentRows().isEmpty());
        first.close();
        int before = outside.currentRows().size();
        sale.happen(1_000);

        // When
        Projector second = start();

        // Then
        awaitFold();
        assertThat(second.counters().written())
                .as("only what was new, each ticket once or with its later use")
                .isLessThanOrEqualTo(2L * (expected.rows().size() - before) + before);
    }

    @Test
    void withoutItsPositionsAllIsWrittenAgainAndIsTheSame() {
        // Given
        ConfigurableApplicationContext first = run();
        sale.happen(1_000);
        awaitFold();
        first.close();
        outside.removePositions();

        // When
        Projector second = start();

        // Then
        await().atMost(PATIENCE).until(() -> second.positions().equals(expected.positions()));
        awaitFold();
        assertThat(second.counters().written())
                .isGreaterThanOrEqualTo(expected.rows().size());
    }

    @Test
    void aDatabaseThatGoesAwayAndComesBackMissesNothing() {
        // Given
        Projector projector = start();
        sale.happen(500);
        int port = mongo.port();
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> sale.happenWithoutImports(3_000), threads);
        mongo.close();

        // When
        events.join();
        mongo = EmbeddedMongo.start(folder.resolve("mongo"), port);

        // Then, last of all, the positions are written
        await().atMost(PATIENCE).until(() -> projector.positions().equals(expected.positions()));
        awaitFold();
        assertThat(projector.counters().refused()).isZero();
    }

    @Test
    void closingDoesNotWaitForADatabaseThatIsAway() {
        // Given
        ConfigurableApplicationContext context = run();
        mongo.close();
        sale.happenWithoutImports(200);

        // When
        long start = System.nanoTime();
        context.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aRebuildWhileEventsKeepComingIsNeverSeenHalfBuilt() {
        // Given
        Projector projector = start();
        sale.happen(1_000);
        awaitFold();
        int rowsBefore = outside.currentRows().size();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> fewestSeen = CompletableFuture.supplyAsync(() -> fewestRows(done), threads);
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> sale.happen(2_000), threads);

        // When
        RebuildReport report = rebuild();

        // Then
        events.join();
        assertThat(report.collection()).isEqualTo("user_tickets_2");
        assertThat(report.replaced()).isEqualTo("user_tickets");
        assertThat(outside.currentCollection()).isEqualTo("user_tickets_2");
        awaitFold();
        await().atMost(PATIENCE).until(() -> projector.positions().equals(expected.positions()));
        done.set(true);
        assertThat(fewestSeen.join()).isGreaterThanOrEqualTo(rowsBefore);
        sale.happen(200);
        awaitFold();
    }

    @Test
    void whatWasReplacedStaysForWhoeverReadsItAlsoWhenAnotherRebuildFollows() {
        // Given
        sale.happen(300);
        ConfigurableApplicationContext context = run();
        awaitFold();
        context.close();
        rebuild();

        // When
        RebuildReport second = rebuild();

        // Then
        assertThat(second.collection()).isEqualTo("user_tickets_3");
        assertThat(second.dropped()).isEmpty();
        assertThat(outside.rows("user_tickets")).isEqualTo(expected.rows());
        assertThat(outside.rows("user_tickets_2")).isEqualTo(expected.rows());
        assertThat(outside.rows("user_tickets_3")).isEqualTo(expected.rows());
    }

    @Test
    void theRebuildIsAlsoAProgram() {
        // Given
        sale.happen(300);

        // When
        ProjectorApplication.builder().run(arguments("--dibs.rebuild=true")).close();

        // Then
        assertThat(outside.currentCollection()).isEqualTo("user_tickets_2");
        assertThat(outside.currentRows()).isEqualTo(expected.rows());
    }

    @Test
    void aRebuildRepairsRowsThatSomebodyHasSpoilt() {
        // Given
        sale.happen(300);
        Projector projector = start();
        awaitFold();
        outside.put("user_tickets", new Document("_id", "too many").append(UserTicket.USER_ID, "nobody"));
        outside.put(
                "user_tickets",
                new Document("_id", expected.rows().keySet().iterator().next()));

        // When
        rebuild();

        // Then
        assertThat(outside.currentRows()).isEqualTo(expected.rows());
        await().atMost(PATIENCE).until(() -> projector.positions().equals(expected.positions()));
    }

    @Test
    void aMissingCodeStopsNobodyAndARebuildFillsItIn() {
        // Given
        sale.happen(500);
        String codeId = codeIdOfSomebody();
        outside.removeCode(codeId);
        Projector projector = start();
        await().atMost(PATIENCE).until(() -> projector.positions().equals(expected.positions()));
        assertThat(projector.counters().withoutCode()).isEqualTo(1);
        assertThat(outside.currentRows()).hasSameSizeAs(expected.rows());

        // When
        outside.putCode(codeId, ExpectedTickets.codeOf(codeId));
        RebuildReport report = rebuild();

        // Then
        assertThat(report.withoutCode()).isZero();
        assertThat(outside.currentRows()).isEqualTo(expected.rows());
    }

    @Test
    void aRebuildDoesNotForgetCodesThatAreStillShown() {
        // Given
        sale.happen(500);
        start();
        awaitFold();
        outside.removeCode(codeIdOfSomebody());

        // When
        assertThatThrownBy(this::rebuild)
                .isInstanceOf(RebuildException.class)
                .hasMessageContaining("ticket_codes has lost codes");

        // Then
        assertThat(outside.currentCollection()).isEqualTo("user_tickets");
        assertThat(outside.currentRows()).isEqualTo(expected.rows());
    }

    @Test
    void aLogThatIsShorterThanWhatWasWrittenFromItIsRefused() {
        // Given
        outside.put(
                Documents.PROJECTIONS,
                new Document("_id", Documents.positionId("user_tickets", 0))
                        .append(Documents.Projection.NEXT_OFFSET, 1_000_000L));

        // When
        assertThatThrownBy(this::run)
                // Then
                .hasMessageContaining("rebuild the projection");
    }

    @Test
    void whatIsOverIsWrittenToItsEndAndNotFoldedAgainAtTheNextStart() {
        // Given activities that were over before anything of them was written
        sale.happen(500);
        IntStream.range(0, 5).forEach(i -> log.write(activity(new ActivityId("sale-" + i), 2, 2, 0)));
        ConfigurableApplicationContext first = run();
        awaitFold();
        await().atMost(PATIENCE)
                .until(() -> first.getBean(Projector.class).positions().equals(expected.positions()));
        first.close();
        sale.happenWithoutImports(50);

        // When
        Projector second = start();

        // Then what came too late is told, and nothing else is read
        await().atMost(PATIENCE).until(() -> second.positions().equals(expected.positions()));
        assertThat(second.counters().late()).isPositive();
        assertThat(second.counters().written()).isZero();
    }

    @Test
    void whatIsOverIsForgottenOnceItIsWritten() {
        // Given
        ActivityId over = new ActivityId("sale-2");
        sale.happen(500);
        Projector projector = start();
        awaitFold();
        assertThat(projector.hasForgotten(over)).isFalse();

        // When
        log.write(activity(over, 2, 2, 0));

        // Then
        await().atMost(PATIENCE).until(() -> projector.hasForgotten(over));
        assertThat(projector.hasForgotten(new ActivityId("sale-3"))).isFalse();
        assertThat(outside.currentRows()).isEqualTo(expected.rows());
    }

    @Test
    void severalProjectorsInOneProgramDoNotDisturbEachOther() {
        // Given
        Projector first = start();
        Projector second = start();

        // When
        sale.happen(1_000);

        // Then
        await().atMost(PATIENCE)
                .until(() -> first.positions().equals(expected.positions())
                        && second.positions().equals(expected.positions()));
        awaitFold();
        assertThat(first.counters().refused() + second.counters().refused()).isZero();
    }

    @Test
    void activitiesAreProjectedInTheirNewestVersion() {
        // Given
        start();
        await().atMost(PATIENCE).until(() -> outside.rows(Documents.ACTIVITIES).size() == 5);

        // When
        log.write(activity(new ActivityId("sale-3"), 2));
        log.write(activity(new ActivityId("sale-4"), 1));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(outside.rows(Documents.ACTIVITIES).get("sale-3")).containsEntry("version", 2L);
            assertThat(outside.rows(Documents.TICKETS).get("sale-3:seat")).containsEntry("version", 2L);
        });
        assertThat(outside.rows(Documents.ACTIVITIES).get("sale-4")).containsEntry("version", 1L);
    }

    @Test
    void theHealthFileIsTouchedWhileItKeepsUp() {
        // Given
        Path file = folder.resolve("alive");

        // When
        start("--dibs.health.file=" + file);

        // Then
        await().atMost(PATIENCE).until(() -> Files.exists(file));
    }

    private String codeIdOfSomebody() {
        String code =
                expected.rows().values().iterator().next().get(UserTicket.CODE).toString();
        return code.substring(ExpectedTickets.codeOf("").length());
    }

    private int fewestRows(AtomicBoolean done) {
        int fewest = Integer.MAX_VALUE;
        while (!done.get()) {
            fewest = Math.min(fewest, outside.currentRows().size());
        }
        return fewest;
    }

    private void awaitFold() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(outside.currentRows()).as("seed %d", seed).isEqualTo(expected.rows()));
    }

    private RebuildReport rebuild() {
        return RebuildRun.run(kafka.bootstrapServers(), mongo.uri(), Documents.DATABASE);
    }

    private Projector start(String... more) {
        return run(more).getBean(Projector.class);
    }

    private ConfigurableApplicationContext run(String... more) {
        ConfigurableApplicationContext context = ProjectorApplication.builder().run(arguments(more));
        opened.add(context);
        return context;
    }

    private String[] arguments(String... more) {
        List<String> all =
                new ArrayList<>(List.of("--dibs.kafka=" + kafka.bootstrapServers(), "--dibs.mongodb=" + mongo.uri()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Activity activity(ActivityId id, long version) {
        return activity(id, version, FAR_AWAY, 0);
    }

    private static Activity activity(ActivityId id, long version, long end, long logStart) {
        TicketType seat = new TicketType(new TicketKind("seat"), "Seat", "", "", 1, end);
        return new Activity(
                id, "n", "", "", 1, end, 1, "", List.of(seat), ActivityState.PUBLISHED, version, logStart, Entry.OPEN);
    }
}
