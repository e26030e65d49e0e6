package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.api.operations.MemoryLog;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.events.EpochOpened;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Exports over real HTTP from a real document server; the log is in memory. */
@Timeout(120)
class ExportIT {
    private static final ActivityId ID = new ActivityId("movie-night");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemoryLog log = new MemoryLog();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private MongoClient client;
    private MongoDatabase database;
    private DisposableServer server;

    @BeforeEach
    void start() {
        client = MongoClients.create(TestServers.mongodb());
        database = client.getDatabase(TestDatabase.nameFor(ExportIT.class));
        TicketType ticket = new TicketType(new TicketKind("standard"), "Seat", "", "", 0, 1);
        catalogue
                .save(new Activity(
                        ID, "Movie", "", "", 0, 1, 1, "", List.of(ticket), ActivityState.PUBLISHED, 1, 0, Entry.OPEN))
                .block(PATIENCE);
        server = serve(UnaryOperator.identity());
    }

    private DisposableServer serve(UnaryOperator<ResultStore> around) {
        ResultStore store = around.apply(new MongoResultStore(database, TestCodes.SEAL));
        ExportHandler handler = new ExportHandler(new ResultsExport(log, store), catalogue, log);
        RequireRole analysts = RequireRole.of(tokens, Role.ANALYST, Role.OPERATOR);
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        RouterFunctions.toHttpHandler(ExportConfiguration.routes(analysts, handler))))
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        Mono.from(database.drop()).block(PATIENCE);
        client.close();
    }

    @Test
    void tellsAllThatWasWonBeforeThePositionAndNothingBehindIt() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(2, 5).append(UserTicket.REDEEMED_AT, 1_795_608_060_000L));
        won(Documents.USER_TICKETS, ticket(0, 9), ticket(1, 3), ticket(3, 10));
        won(Documents.USER_TICKETS, ticket(4, 1).append(UserTicket.ACTIVITY_ID, "another"));
        projectedTo(Documents.USER_TICKETS, 11);

        HttpResponse<String> response = export("", Role.ANALYST);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8;header=present");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"movie-night-results.csv\"");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("Dibs-Log-Position")).contains("0:10");
        assertThat(response.body()).isEqualTo("""
                        sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at
                        0,ticket-0,user-0,standard,C-0,1970-01-01T00:00:00.000Z,,
                        1,ticket-1,user-1,standard,C-1,1970-01-01T00:00:01.000Z,,
                        2,ticket-2,user-2,standard,C-2,1970-01-01T00:00:02.000Z,2026-11-25T12:01:00.000Z,
                        """.replace("\n", "\r\n"));
    }

    @Test
    void awkwardCodesComeBackAsTheyWere() throws Exception {
        List<String> codes = List.of("a,b", "\"quoted\"", "=1+1", "券 ü", "two\nlines");
        logReaches(10);
        for (int i = 0; i < codes.size(); i++) {
            won(Documents.USER_TICKETS, ticket(i, i).append(UserTicket.CODE, codes.get(i)));
        }
        projectedTo(Documents.USER_TICKETS, 10);

        String csv = export("", Role.OPERATOR).body();

        assertThat(CsvReader.builder().ofCsvRecord(csv).stream().skip(1))
                .extracting(row -> row.getField(4))
                .containsExactly("a,b", "\"quoted\"", "'=1+1", "券 ü", "two\nlines");
    }

    @Test
    void waitsForTheProjection() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(0, 1));
        projectedTo(Documents.USER_TICKETS, 9);

        CompletableFuture<HttpResponse<String>> waiting =
                http.sendAsync(request("?waitSeconds=60", Role.ANALYST), HttpResponse.BodyHandlers.ofString());
        projectedTo(Documents.USER_TICKETS, 10);

        assertThat(waiting.get().statusCode()).isEqualTo(200);
    }

    @Test
    void saysHowFarTheProjectionIsWhereItIsTooFarBehind() throws Exception {
        logReaches(10);
        projectedTo(Documents.USER_TICKETS, 7);

        HttpResponse<String> response = export("?waitSeconds=0", Role.ANALYST);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .contains("\"type\":\"urn:dibs:problem:projection-behind\"")
                .contains("\"position\":10")
                .contains("\"projected\":7");
    }

    @Test
    void readsTheCollectionThatARebuildHasPutInPlace() throws Exception {
        logReaches(3);
        won(Documents.USER_TICKETS, ticket(0, 0));
        won("user_tickets_2", ticket(0, 0), ticket(1, 1));
        projectedTo("user_tickets_2", 3);
        put(new Document("_id", Documents.USER_TICKETS).append(Projection.COLLECTION, "user_tickets_2"));

        assertThat(export("?waitSeconds=0", Role.ANALYST).body().lines()).hasSize(3);
    }

    @Test
    void anEmptyResultIsAHeader() throws Exception {
        assertThat(export("", Role.ANALYST).body())
                .isEqualTo("sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "61", "ten", "1.5", ""})
    void aBadWaitIsNamed(String seconds) throws Exception {
        HttpResponse<String> response = export("?waitSeconds=" + seconds, Role.ANALYST);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("waitSeconds", "0 to 60");
    }

    @ParameterizedTest
    @CsvSource({"operator, 200", "analyst, 200", "gate, 403", "member, 403"})
    void onlyAnalystsAndOperatorsMay(String role, int status) throws Exception {
        assertThat(export("", role).statusCode()).isEqualTo(status);
    }

    @Test
    void nobodyMayWithoutAToken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("")).build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anActivityThatIsNotThereIsNotFound() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(uri("").toString().replace("movie-night", "nothing")))
                .header("Authorization", "Bearer " + token(Role.ANALYST))
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anExportThatFailsInTheMiddleNeverLooksWhole() {
        ResultStore failing = new FixedRows(Flux.range(0, 5_000)
                .map(ExportIT::row)
                .concatWith(Mono.error(new IllegalStateException("the cursor is gone"))));
        server.disposeNow();
        server = serve(store -> failing);

        assertThatThrownBy(() -> export("", Role.ANALYST)).isInstanceOf(IOException.class);
    }

    @Test
    void aHundredThousandRowsArriveWholeAndInOrder() throws Exception {
        server.disposeNow();
        server = serve(store -> new FixedRows(Flux.range(0, 100_000).map(ExportIT::row)));

        String csv = export("", Role.ANALYST).body();

        List<CsvRecord> rows =
                CsvReader.builder().ofCsvRecord(csv).stream().skip(1).toList();
        assertThat(rows).hasSize(100_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).getField(0)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void readsNoFurtherAheadThanAFewBuffersOfWhoeverReadsSlowly() throws Exception {
        // Given: rows without end, and somebody who reads the beginning only
        AtomicInteger read = new AtomicInteger();
        server.disposeNow();
        server = serve(store -> new FixedRows(
                Flux.range(0, Integer.MAX_VALUE).map(ExportIT::row).doOnNext(row -> read.incrementAndGet())));
        HttpResponse<InputStream> response =
                http.send(request("", Role.ANALYST), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            body.readNBytes(10_000);
            // When: it reads no more, the server comes to rest
            int[] last = {-1};
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        int now = read.get();
                        boolean resting = now == last[0];
                        last[0] = now;
                        return resting;
                    });
            // Then: what it has read ahead fits in the sockets' and the server's buffers
            assertThat(read.get()).isLessThan(300_000);
        }
        // And whoever goes away ends the reading
        int[] last = {-1};
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            int now = read.get();
            boolean resting = now == last[0];
            last[0] = now;
            return resting;
        });
    }

    @Test
    void manyRowsFromTheServerComeInOrderOfSequence() throws Exception {
        int rows = 3_000;
        logReaches(10);
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(ticket((i * 7) % rows, i % 10));
        }
        won(Documents.USER_TICKETS, all.toArray(Document[]::new));
        projectedTo(Documents.USER_TICKETS, 10);

        String csv = export("", Role.ANALYST).body();

        assertThat(CsvReader.builder().ofCsvRecord(csv).stream().skip(1).map(row -> Integer.parseInt(row.getField(0))))
                .hasSize(rows)
                .isSorted();
    }

    /** Rows that come from nowhere, at whatever position. */
    private record FixedRows(Flux<ResultRow> rows) implements ResultStore {
        @Override
        public Mono<Projected> projected(int partition) {
            return Mono.just(new Projected("any", Long.MAX_VALUE));
        }

        @Override
        public Flux<ResultRow> rows(String collection, ActivityId activityId, LogPosition before) {
            return rows;
        }
    }

    private static ResultRow row(int sequence) {
        return new ResultRow(
                sequence, "ticket-" + sequence, "user-" + sequence, "standard", "C-" + sequence, sequence, null, null);
    }

    private static Document ticket(int sequence, long offset) {
        return new Document("_id", "ticket-" + sequence)
                .append(UserTicket.USER_ID, "user-" + sequence)
                .append(UserTicket.ACTIVITY_ID, ID.value())
                .append(UserTicket.SEQUENCE, sequence)
                .append(UserTicket.TICKET_KIND, "standard")
                .append(UserTicket.CODE, "C-" + sequence)
                .append(UserTicket.GRABBED_AT, sequence * 1_000L)
                .append(UserTicket.PARTITION, MemoryLog.PARTITION)
                .append(UserTicket.OFFSET, offset);
    }

    private void logReaches(int offset) {
        for (int i = 0; i < offset; i++) {
            log.append(new EpochOpened(UUID.randomUUID(), 1, ID, "nonce", "fence", 1));
        }
    }

    private void won(String collection, Document... tickets) {
        Mono.from(database.getCollection(collection).insertMany(Arrays.asList(tickets)))
                .block(PATIENCE);
    }

    private void projectedTo(String collection, long offset) {
        put(new Document("_id", Documents.positionId(collection, MemoryLog.PARTITION))
                .append(Projection.NEXT_OFFSET, offset));
    }

    private void put(Document document) {
        Mono.from(database.getCollection(Documents.PROJECTIONS)
                        .replaceOne(
                                new Document("_id", document.get("_id")), document, new ReplaceOptions().upsert(true)))
                .block(PATIENCE);
    }

    private HttpResponse<String> export(String query, String role) throws IOException, InterruptedException {
        return http.send(request(query, role), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest request(String query, String role) {
        return HttpRequest.newBuilder(uri(query))
                .header("Authorization", "Bearer " + token(role))
                .build();
    }

    private URI uri(String query) {
        return URI.create("http://127.0.0.1:" + server.port() + "/admin/activities/movie-night/results.csv" + query);
    }

    private String token(String role) {
        return tokens.issue(new UserId("somebody"), Set.of(role));
    }
}
