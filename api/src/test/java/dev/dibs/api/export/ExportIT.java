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
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.events.EpochOpened;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
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
        publish(ID);
        server = serve(UnaryOperator.identity());
    }

    private void publish(ActivityId id) {
        TicketType ticket = new TicketType(new TicketKind("standard"), "Seat", "", "", 0, 1);
        catalogue
                .save(new Activity(
                        id, "Movie", "", "", 0, 1, 1, "", List.of(ticket), ActivityState.PUBLISHED, 1, 0, Entry.OPEN))
                .block(PATIENCE);
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
        won(Documents.USER_TICKETS, redeemed(ticket(2, 5), 6));
        won(Documents.USER_TICKETS, ticket(0, 9), ticket(1, 3), ticket(3, 10));
        won(Documents.USER_TICKETS, ticket(4, 1).append(UserTicket.ACTIVITY_ID, "another"));
        projectedTo(Documents.USER_TICKETS, 11);

        HttpResponse<String> response = export("", Role.OPERATOR);

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
                http.sendAsync(request("?waitSeconds=60", Role.OPERATOR), HttpResponse.BodyHandlers.ofString());
        projectedTo(Documents.USER_TICKETS, 10);

        assertThat(waiting.get().statusCode()).isEqualTo(200);
    }

    @Test
    void saysHowFarTheProjectionIsWhereItIsTooFarBehind() throws Exception {
        logReaches(10);
        projectedTo(Documents.USER_TICKETS, 7);

        HttpResponse<String> response = export("?waitSeconds=0", Role.OPERATOR);

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

        assertThat(export("?waitSeconds=0", Role.OPERATOR).body().lines()).hasSize(3);
    }

    @Test
    void anEmptyResultIsAHeader() throws Exception {
        assertThat(export("", Role.OPERATOR).body())
                .isEqualTo("sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "61", "ten", "1.5", ""})
    void aBadWaitIsNamed(String seconds) throws Exception {
        HttpResponse<String> response = export("?waitSeconds=" + seconds, Role.OPERATOR);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("waitSeconds", "0 to 60");
    }

    @ParameterizedTest
    @CsvSource({"operator, 200", "analyst, 200", "gate, 403", "member, 403"})
    void onlyAnalystsAndOperatorsMay(String role, int status) throws Exception {
        assertThat(export("", role).statusCode()).isEqualTo(status);
    }

    @Test
    void anAnalystGetsEverythingButTheCodes() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, redeemed(ticket(0, 1), 6));
        projectedTo(Documents.USER_TICKETS, 10);

        String csv = export("", Role.ANALYST).body();

        assertThat(csv).isEqualTo("""
                        sequence,ticket_id,user_id,ticket,grabbed_at,redeemed_at,revoked_at
                        0,ticket-0,user-0,standard,1970-01-01T00:00:00.000Z,2026-11-25T12:01:00.000Z,
                        """.replace("\n", "\r\n"));
        ExportManifest manifest = decoded(get("movie-night", "results.json", Role.ANALYST));
        assertThat(manifest.layout().columns()).isEqualTo(ExportColumn.WITHOUT_CODE);
        assertThat(manifest.sha256()).isEqualTo(sha256(bytes(csv)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"results.csv", "results.json"})
    void anAnalystWhoAsksForCodesIsToldWhoMay(String resource) throws Exception {
        HttpResponse<String> response = get("movie-night", resource + "?columns=sequence,code", Role.ANALYST);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .contains("codes-are-for-operators")
                .contains(
                        "The column 'code' needs the role operator; without it there are sequence, ticket_id, user_id");
    }

    @Test
    void nobodyMayWithoutAToken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("")).build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"results.csv", "results.json"})
    void anActivityThatIsNotThereIsToldWithThoseThereAre(String resource) throws Exception {
        HttpResponse<String> response = get("nothing", resource, Role.ANALYST);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .contains("\"detail\":\"There is no activity 'nothing'; there are movie-night\"")
                .contains("\"activities\":[\"movie-night\"]", "\"activitiesInAll\":1");
    }

    @Test
    void ofManyActivitiesTheFirstAreNamedAndTheOthersCounted() throws Exception {
        for (int i = 10; i < 35; i++) {
            publish(new ActivityId("a-" + i));
        }

        assertThat(get("nothing", "results.csv", Role.ANALYST).body())
                .contains("there are a-10, a-11, ", ", a-28, a-29 and 6 more\"")
                .contains("\"a-34\",\"movie-night\"]", "\"activitiesInAll\":26");
    }

    @Test
    void anExportThatFailsInTheMiddleNeverLooksWhole() {
        ResultStore failing = new FixedRows(Flux.range(0, 5_000)
                .map(ExportIT::row)
                .concatWith(Mono.error(new IllegalStateException("the cursor is gone"))));
        server.disposeNow();
        server = serve(store -> failing);

        assertThatThrownBy(() -> export("", Role.OPERATOR)).isInstanceOf(IOException.class);
    }

    @Test
    void aHundredThousandRowsArriveWholeAndInOrder() throws Exception {
        server.disposeNow();
        server = serve(store -> new FixedRows(Flux.range(0, 100_000).map(ExportIT::row)));

        String csv = export("", Role.OPERATOR).body();

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
        AtomicBoolean ended = new AtomicBoolean();
        server.disposeNow();
        server = serve(store -> new FixedRows(Flux.range(0, Integer.MAX_VALUE)
                .map(ExportIT::row)
                .doOnNext(row -> read.incrementAndGet())
                .doOnCancel(() -> ended.set(true))));
        HttpResponse<InputStream> response =
                http.send(request("", Role.OPERATOR), HttpResponse.BodyHandlers.ofInputStream());
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
            assertThat(ended).isFalse();
        }
        // And whoever goes away ends the reading
        Awaitility.await().atMost(PATIENCE).untilTrue(ended);
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

        String csv = export("", Role.OPERATOR).body();

        assertThat(CsvReader.builder().ofCsvRecord(csv).stream().skip(1).map(row -> Integer.parseInt(row.getField(0))))
                .hasSize(rows)
                .isSorted();
    }

    @Test
    void theSamePositionGivesTheSameBytesWhileRedemptionsGoOn() throws Exception {
        // Given
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(0, 1), redeemed(ticket(1, 2), 7), ticket(2, 3), ticket(3, 4));
        projectedTo(Documents.USER_TICKETS, 10);
        HttpResponse<String> first = export("", Role.OPERATOR);
        String position = first.headers().firstValue("Dibs-Log-Position").orElseThrow();

        // When: one is redeemed, one revoked, and one more won
        logReaches(3);
        replace(redeemed(ticket(0, 1), 10));
        replace(revoked(ticket(2, 3), 11));
        won(Documents.USER_TICKETS, ticket(4, 12));
        projectedTo(Documents.USER_TICKETS, 13);
        HttpResponse<String> again = export("?position=" + position, Role.OPERATOR);
        HttpResponse<String> between = export("?position=0:11", Role.OPERATOR);
        HttpResponse<String> newest = export("", Role.OPERATOR);

        // Then
        assertThat(position).isEqualTo("0:10");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Dibs-Log-Position")).contains(position);
        assertThat(first.body()).contains("2,ticket-2,user-2,standard,C-2,1970-01-01T00:00:02.000Z,,\r\n");
        // And were it not for the offsets, what came later would have changed the file
        assertThat(between.body()).isNotEqualTo(first.body());
        assertThat(between.body())
                .contains("0,ticket-0,user-0,standard,C-0,1970-01-01T00:00:00.000Z,2026-11-25T12:01:00.000Z,\r\n")
                .contains("2,ticket-2,user-2,standard,C-2,1970-01-01T00:00:02.000Z,,\r\n")
                .doesNotContain("ticket-4");
        assertThat(newest.body())
                .contains("2,ticket-2,user-2,standard,C-2,1970-01-01T00:00:02.000Z,,2026-11-25T12:01:00.000Z\r\n")
                .contains("ticket-4");
    }

    @Test
    void whatAnEarlierBuildHasWrittenIsNotToldWrongly() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(0, 1).append(UserTicket.REDEEMED_AT, 1_795_608_060_000L));
        projectedTo(Documents.USER_TICKETS, 10);

        HttpResponse<String> manifest = manifest("");

        assertThat(manifest.statusCode()).isEqualTo(503);
        assertThat(manifest.body()).contains("projection-outdated", "rebuild projection");
        assertThatThrownBy(() -> export("", Role.OPERATOR)).isInstanceOf(IOException.class);
    }

    @Test
    void theManifestIsThatOfTheFile() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(0, 1), redeemed(ticket(1, 2), 7), ticket(2, 3));
        projectedTo(Documents.USER_TICKETS, 10);

        HttpResponse<String> response = manifest("?bom=true&columns=sequence,state,code&state=granted");
        String csv = export("?position=0:10&bom=true&columns=sequence,state,code&state=granted", Role.OPERATOR)
                .body();

        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Dibs-Log-Position")).contains("0:10");
        ExportManifest manifest = decoded(response);
        assertThat(manifest.position()).isEqualTo(new LogPosition(0, 10));
        assertThat(manifest.complete()).isTrue();
        assertThat(manifest.rows()).isEqualTo(2);
        assertThat(manifest.bytes()).isEqualTo(bytes(csv).length);
        assertThat(manifest.sha256()).isEqualTo(sha256(bytes(csv)));
        assertThat(manifest.filter().states()).containsExactly(TicketState.GRANTED);
        assertThat(csv).isEqualTo("\uFEFFsequence,state,code\r\n0,granted,C-0\r\n2,granted,C-2\r\n");
    }

    @Test
    void behindACursorComesExactlyTheRest() throws Exception {
        // Given
        logReaches(10);
        won(Documents.USER_TICKETS, ticket(0, 1), ticket(2, 2), redeemed(ticket(3, 3), 4), ticket(7, 5), ticket(9, 6));
        projectedTo(Documents.USER_TICKETS, 10);
        String whole = export("?bom=true", Role.OPERATOR).body();

        for (int row = 1; row <= 5; row++) {
            String kept = whole.lines().limit(1 + row).collect(Collectors.joining("\r\n", "", "\r\n"));
            String sequence = kept.lines().skip(row).findFirst().orElseThrow().split(",")[0];

            // When
            String query = "?bom=true&position=0:10&after=" + sequence;
            HttpResponse<String> rest = export(query, Role.OPERATOR);

            // Then
            assertThat(kept + rest.body()).isEqualTo(whole);
            assertThat(rest.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8;header=absent");
            ExportManifest manifest = decoded(manifest(query));
            assertThat(manifest.complete()).isFalse();
            assertThat(manifest.rows()).isEqualTo(5 - row);
            assertThat(manifest.sha256()).isEqualTo(sha256(bytes(rest.body())));
        }
    }

    @Test
    void aClientThatCanDecodeGzipGetsTheSameBytesCompressed() throws Exception {
        server.disposeNow();
        server = serve(store -> new FixedRows(Flux.range(0, 20_000).map(ExportIT::row)));
        byte[] plain = bytes(export("", Role.OPERATOR).body());

        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(request("", Role.OPERATOR), (name, value) -> true)
                        .header("Accept-Encoding", "br, gzip;q=0.5")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(response.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(response.body().length).isLessThan(plain.length / 3);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=granted                                        | 0 3 5",
                "state=redeemed                                       | 1 4",
                "state=revoked                                        | 2",
                "state=redeemed,revoked                               | 1 2 4",
                "fromSequence=2                                       | 2 3 4 5",
                "fromSequence=2&toSequence=4                          | 2 3",
                "grabbedFrom=1000&grabbedTo=4000                      | 1 2 3",
                "grabbedFrom=1970-01-01T00:00:02Z                     | 2 3 4 5",
                "grabbedTo=1970-01-01T02:00:02.001%2B02:00            | 0 1 2",
                "state=redeemed&fromSequence=2&grabbedTo=5000         | 4",
                "state=redeemed&toSequence=1                          | ''",
                "state=granted&position=0:8                           | 0 3 4 5",
            })
    void onlyWhatIsAskedForIsThere(String query, String sequences) throws Exception {
        logReaches(10);
        won(
                Documents.USER_TICKETS,
                ticket(0, 0),
                redeemed(ticket(1, 1), 6),
                revoked(ticket(2, 2), 7),
                ticket(3, 3),
                redeemed(ticket(4, 4), 8),
                ticket(5, 5));
        projectedTo(Documents.USER_TICKETS, 10);

        HttpResponse<String> response = export("?columns=sequence&" + query, Role.OPERATOR);

        assertThat(response.body().lines().skip(1).collect(Collectors.joining(" ")))
                .as(query)
                .isEqualTo(sequences);
    }

    @Test
    void columnsComeInTheOrderInWhichTheyWereAskedFor() throws Exception {
        logReaches(10);
        won(Documents.USER_TICKETS, redeemed(ticket(1, 2), 7), ticket(2, 3).append(UserTicket.CODE, "=1+1"));
        projectedTo(Documents.USER_TICKETS, 10);

        String csv = export("?columns=state,code,grab_offset,state_offset&formulaSafe=false", Role.OPERATOR)
                .body();

        assertThat(csv).isEqualTo("state,code,grab_offset,state_offset\r\nredeemed,C-1,2,7\r\ngranted,=1+1,3,\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "position=now            | position: must be partition:offset, such as 0:1234",
                "position=1:3            | is of another partition than movie-night; possible are 0:0 to 0:10",
                "position=0:11&waitSeconds=0 | lies behind the end of the log; possible are 0:0 to 0:10",
                "columns=sequence,seat   | columns: 'seat' is no column; there are sequence, ticket_id, user_id",
                "columns=code,code       | columns: 'code' must be given once only",
                "state=lost              | state: 'lost' is no state; there are granted, redeemed, revoked",
                "stat=redeemed           | stat: is no parameter of an export; there are position, after, columns",
                "fromSequence=-1         | fromSequence: must be a sequence",
                "fromSequence=5&toSequence=4 | toSequence: must not be below fromSequence",
                "grabbedFrom=yesterday   | grabbedFrom: must be a time since 1970",
                "bom=yes                 | bom: must be true or false",
                "after=3                 | after: needs the position",
                "bom=true&bom=false      | bom: must be given once only",
            })
    void whatIsWrongIsNamedWithWhatThereIs(String query, String told) throws Exception {
        logReaches(10);
        projectedTo(Documents.USER_TICKETS, 10);

        for (HttpResponse<String> response : List.of(export("?" + query, Role.OPERATOR), manifest("?" + query))) {
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.body()).contains(told);
        }
    }

    @Test
    void everyFaultIsNamedAtOnce() throws Exception {
        HttpResponse<String> response = export("?stat=1&columns=x&waitSeconds=100", Role.OPERATOR);

        assertThat(response.body())
                .contains("\"field\":\"stat\"", "\"field\":\"columns\"", "\"field\":\"waitSeconds\"");
    }

    @Test
    void aPositionThatAnotherInstanceHasSeenIsWaitedFor() throws Exception {
        logReaches(10);
        projectedTo(Documents.USER_TICKETS, 12);

        CompletableFuture<HttpResponse<String>> waiting =
                http.sendAsync(request("?position=0:12", Role.OPERATOR), HttpResponse.BodyHandlers.ofString());
        logReaches(2);

        assertThat(waiting.get().statusCode()).isEqualTo(200);
    }

    /** Rows that come from nowhere, at whatever position. */
    private record FixedRows(Flux<ResultRow> rows) implements ResultStore {
        @Override
        public Mono<Projected> projected(int partition) {
            return Mono.just(new Projected("any", Long.MAX_VALUE));
        }

        @Override
        public Flux<ResultRow> rows(RowQuery query) {
            return query.after() == null ? rows : rows.filter(row -> row.sequence() > query.after());
        }
    }

    private static ResultRow row(int sequence) {
        return new ResultRow(
                sequence, "ticket-" + sequence, "user-" + sequence, "standard", "C-" + sequence, sequence, 0, null);
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

    /** Redeemed at a minute past noon. */
    private static Document redeemed(Document ticket, long offset) {
        return ticket.append(UserTicket.REDEEMED_AT, 1_795_608_060_000L).append(UserTicket.REDEEMED_OFFSET, offset);
    }

    private static Document revoked(Document ticket, long offset) {
        return ticket.append(UserTicket.REVOKED_AT, 1_795_608_060_000L).append(UserTicket.REVOKED_OFFSET, offset);
    }

    private void replace(Document ticket) {
        Mono.from(database.getCollection(Documents.USER_TICKETS)
                        .replaceOne(new Document("_id", ticket.get("_id")), ticket))
                .block(PATIENCE);
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

    private HttpResponse<String> manifest(String query) throws IOException, InterruptedException {
        return get("movie-night", "results.json" + query, Role.OPERATOR);
    }

    private HttpResponse<String> get(String activityId, String resource, String role)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("").resolve("../" + activityId + "/" + resource))
                .header("Authorization", "Bearer " + token(role))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static ExportManifest decoded(HttpResponse<String> response) throws UndecodableRecordException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ExportManifestCodec.decode(bytes(response.body()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
