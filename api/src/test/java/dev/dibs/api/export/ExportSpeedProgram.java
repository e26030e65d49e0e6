package dev.dibs.api.export;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
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
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.events.EpochOpened;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Measures, by turns and in one process: a cursor that writes the eight columns to a file as they are stored, codes
 * sealed; and the export of them over HTTP to a file, codes opened, in the form of RFC 4180.
 */
final class ExportSpeedProgram {
    private static final ActivityId ID = new ActivityId("movie-night");
    private static final int ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MongoDatabase database;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    private ExportSpeedProgram(MongoDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /** @param args a MongoDB URI, a database, a folder, and how many rows there are */
    public static void main(String[] args) throws Exception {
        try (MongoClient client = MongoClients.create(args[0])) {
            new ExportSpeedProgram(client.getDatabase(args[1]), Path.of(args[2])).run(Integer.parseInt(args[3]));
        }
        System.exit(0);
    }

    private void run(int rows) throws Exception {
        Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
        DisposableServer server = serve(tokens);
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/admin/activities/movie-night/results.csv");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + tokens.issue(new UserId("operator"), Set.of(Role.OPERATOR)))
                .build();
        double[] cursors = new double[ROUNDS];
        double[] exports = new double[ROUNDS];
        // One of each before it counts.
        for (int round = -1; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long work = processorNanos();
            Path bare = cursor(rows);
            long between = System.nanoTime();
            long workOfCursor = processorNanos() - work;
            Path exported = export(request);
            long end = System.nanoTime();
            long workOfExport = processorNanos() - work - workOfCursor;
            requireSame(bare, exported, rows);
            double cursor = rows / ((between - start) / 1e9);
            double export = rows / ((end - between) / 1e9);
            if (round >= 0) {
                cursors[round] = cursor;
                exports[round] = export;
            }
            print(
                    "round %d: cursor %,.0f rows/s, export %,.0f rows/s, ratio %.2f; processor of this process: cursor"
                            + " %.1f s, export with its client %.1f s%s",
                    round + 1,
                    cursor,
                    export,
                    export / cursor,
                    workOfCursor / 1e9,
                    workOfExport / 1e9,
                    round < 0 ? " (warming up)" : "");
        }
        print("cursor: median %,.0f rows/s; export: median %,.0f rows/s", median(cursors), median(exports));
        print("ratio of the medians: %.2f", median(exports) / median(cursors));
        print("the same rows, in a heap of at most %d MB", Runtime.getRuntime().maxMemory() >> 20);
        server.disposeNow();
    }

    private DisposableServer serve(Tokens tokens) {
        MemoryLog log = new MemoryLog();
        log.append(new EpochOpened(UUID.randomUUID(), 1, ID, "nonce", "fence", 1));
        MemoryCatalogue catalogue = new MemoryCatalogue();
        TicketType ticket = new TicketType(new TicketKind("standard"), "Seat", "", "", 0, 1);
        catalogue
                .save(new Activity(
                        ID, "Movie", "", "", 0, 1, 1, "", List.of(ticket), ActivityState.PUBLISHED, 1, 0, Entry.OPEN))
                .block(PATIENCE);
        ExportHandler handler = new ExportHandler(
                new ResultsExport(log, new MongoResultStore(database, TestCodes.SEAL)), catalogue, log);
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        ExportConfiguration.routes(RequireRole.of(tokens, Role.OPERATOR), handler))))
                .bindNow();
    }

    private Path export(HttpRequest request) throws IOException, InterruptedException {
        Path file = folder.resolve("export.csv");
        HttpResponse<Path> response = http.send(request, HttpResponse.BodyHandlers.ofFile(file));
        if (response.statusCode() != 200) {
            throw new IllegalStateException("HTTP " + response.statusCode() + " " + Files.readString(file));
        }
        return file;
    }

    private Path cursor(int rows) throws Exception {
        Path file = folder.resolve("cursor.csv");
        CountDownLatch done = new CountDownLatch(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            database.getCollection(Documents.USER_TICKETS)
                    .find(Filters.eq(UserTicket.ACTIVITY_ID, ID.value()))
                    .projection(Projections.include(
                            UserTicket.SEQUENCE,
                            UserTicket.USER_ID,
                            UserTicket.TICKET_KIND,
                            UserTicket.CODE,
                            UserTicket.GRABBED_AT,
                            UserTicket.REDEEMED_AT,
                            UserTicket.REVOKED_AT))
                    .sort(Sorts.ascending(UserTicket.SEQUENCE))
                    .batchSize(500)
                    .subscribe(new Rows(out, done));
            done.await();
        }
        return file;
    }

    /** Writes rows as they are stored, as fast as they come. */
    private record Rows(BufferedWriter out, CountDownLatch done) implements Subscriber<Document> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Document row) {
            try {
                out.write(row.get(UserTicket.SEQUENCE) + "," + row.get("_id") + "," + row.get(UserTicket.USER_ID) + ","
                        + row.get(UserTicket.TICKET_KIND) + "," + row.get(UserTicket.CODE) + ","
                        + time(row.get(UserTicket.GRABBED_AT)) + "," + time(row.get(UserTicket.REDEEMED_AT)) + ","
                        + time(row.get(UserTicket.REVOKED_AT)) + "\r\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String time(Object millis) {
            return millis == null ? "" : Instant.ofEpochMilli((Long) millis).toString();
        }

        @Override
        public void onError(Throwable error) {
            error.printStackTrace();
            done.countDown();
        }

        @Override
        public void onComplete() {
            done.countDown();
        }
    }

    /** Of each row the first four fields, which are in both as they are stored. */
    private static void requireSame(Path bare, Path exported, int rows) throws IOException {
        try (var one = Files.newBufferedReader(bare);
                var other = Files.newBufferedReader(exported)) {
            other.readLine();
            for (int row = 0; row < rows; row++) {
                String expected = one.readLine();
                String found = other.readLine();
                if (expected == null || found == null || !key(expected).equals(key(found))) {
                    throw new IllegalStateException("row " + row + " differs: " + expected + " and " + found);
                }
            }
            if (one.readLine() != null || other.readLine() != null) {
                throw new IllegalStateException("there are more rows than " + rows);
            }
        }
    }

    private static String key(String row) {
        return String.join(",", Arrays.asList(row.split(",", 5)).subList(0, 4));
    }

    /** What does not depend on how busy the machine is otherwise. */
    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
