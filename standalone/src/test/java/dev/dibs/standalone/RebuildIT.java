package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.ApiProperties.Jwt;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.UserId;
import dev.dibs.standalone.stack.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rebuilding what is derived from the log, under a sale. */
@Timeout(900)
class RebuildIT {
    private static final int EARLY = 20;
    private static final int LATE = 40;
    private static final int SUCCESS = 0;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> tokens = new ArrayList<>();
    private DibsProcess dibs;
    private URI url;
    private Path data;

    @TempDir
    Path folder;

    @BeforeEach
    void putOnSale() throws Exception {
        data = folder.resolve("data");
        dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp();
        url = URI.create(dibs.told("Dibs is up:"));
        MovieNight.putOnSale(data);
        // Made here: sixty accounts would be sixty password hashes.
        Clock clock = Clock.systemUTC();
        Jwt settings = Jwt.of(DataFolder.jwtSecret(data));
        Tokens issuer = new Tokens(new KeyRing(settings, clock), Revocations.none(), settings.maxLifetime(), clock);
        for (int i = 0; i < EARLY + LATE; i++) {
            tokens.add(issuer.issue(new UserId("buyer-number-" + i), Set.of(Role.BUYER), Duration.ofMinutes(15)));
        }
        for (int i = 0; i < EARLY; i++) {
            grab(i);
        }
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        dibs.close();
    }

    @Test
    void theProjectionIsRebuiltUnderReadersWhoNeverSeeFewerTickets() throws Exception {
        try (CurrentTickets projection = new CurrentTickets(data, "movie-night")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> projection.rows() == EARLY);
            rebuildTheProjectionUnderReaders(projection);
        }
    }

    /**
     * While a sale is live its tickets are listed from the log as well, so a list would not show a collection that is half
     * built: that is read by itself.
     */
    private void rebuildTheProjectionUnderReaders(CurrentTickets projection) throws Exception {
        // Given buyers and readers that go on all the time
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> listed = whileNot(done, () -> ticketsOf(0));
        CompletableFuture<Integer> projected = whileNot(done, projection::rows);
        CompletableFuture<Integer> rows = whileNot(done, this::exportedRows);
        CompletableFuture<Void> buyers = CompletableFuture.runAsync(this::buyLate, threads);
        // … and a large export, of which somebody has read the beginning only
        SlowExport export = SlowExport.begin(url, data);

        // When
        Program rebuilt = Program.run("rebuild", "projection", "--data", data.toString());

        // Then
        assertThat(rebuilt.status()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out()).contains("user_tickets_2 instead of user_tickets:", "goes 60 minutes from now");
        buyers.get(60, TimeUnit.SECONDS);
        done.set(true);
        assertThat(projected.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(EARLY);
        assertThat(listed.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(rows.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(EARLY);
        export.endsAsItsManifestSaysThoughItsRowsAreReadNoMore();
        everythingHolds();
        toldOf("dibs rebuild projection");
    }

    @Test
    void redisIsRebuiltUnderASaleThatGoesOn() throws Exception {
        // Given
        CompletableFuture<Void> buyers = CompletableFuture.runAsync(this::buyLate, threads);

        // When
        Program rebuilt = Program.run("rebuild", "redis", "--data", data.toString());

        // Then
        assertThat(rebuilt.status()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out()).contains("movie-night: epoch ");
        assertThat(Program.run("rebuild", "redis", "--data", data.toString(), "--activity", "nothing")
                        .out())
                .contains("There is no activity 'nothing'");
        buyers.get(60, TimeUnit.SECONDS);
        everythingHolds();
    }

    @Test
    void statisticsAreRebuiltUnderASaleThatGoesOn() throws Exception {
        // Given
        CompletableFuture<Void> buyers = CompletableFuture.runAsync(this::buyLate, threads);

        // When
        Program rebuilt = Program.run("rebuild", "stats", "--data", data.toString());

        // Then
        assertThat(rebuilt.status()).as(rebuilt.out() + rebuilt.err()).isZero();
        assertThat(rebuilt.out()).contains("statistics and results are rebuilt, in");
        buyers.get(60, TimeUnit.SECONDS);
        everythingHolds();
        toldOf("dibs rebuild stats");
    }

    private void toldOf(String action) {
        Program trail = Program.run("trail", "--data", data.toString());
        assertThat(trail.out())
                .contains(action + "  system-user:" + System.getProperty("user.name") + "  done")
                .doesNotContain("no outcome");
    }

    private void everythingHolds() {
        Program audit = Program.run("audit", "--data", data.toString());
        assertThat(audit.status()).as(audit.out() + audit.err()).isZero();
    }

    private interface Count {
        int count() throws Exception;
    }

    private CompletableFuture<Integer> whileNot(AtomicBoolean done, Count count) {
        return CompletableFuture.supplyAsync(
                () -> {
                    int fewest = Integer.MAX_VALUE;
                    do {
                        try {
                            fewest = Math.min(fewest, count.count());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    } while (!done.get());
                    return fewest;
                },
                threads);
    }

    private int ticketsOf(int buyer) throws Exception {
        JsonNode answer = get("/ticket/list", tokens.get(buyer));
        assertThat(answer.path("ret").asInt(-1)).as(answer.toString()).isEqualTo(SUCCESS);
        return answer.path("data").path("list").size();
    }

    private int exportedRows() {
        Path csv = folder.resolve("rows.csv");
        Program export =
                Program.run("export", "--data", data.toString(), "--activity", "movie-night", "--to", csv.toString());
        assertThat(export.status()).as(export.err()).isZero();
        try {
            return Files.readAllLines(csv).size() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void buyLate() {
        for (int i = EARLY; i < EARLY + LATE; i++) {
            grab(i);
        }
    }

    private void grab(int buyer) {
        await().atMost(Duration.ofSeconds(30))
                // No faster than a user may call.
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> get("/ticket/get?actId=movie-night&requestId=r1", tokens.get(buyer))
                                .path("ret")
                                .asInt(-1)
                        == SUCCESS);
    }

    private JsonNode get(String path, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token)
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
