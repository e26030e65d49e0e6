package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.api.operations.MemoryLog;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * An export of many rows in a small heap, beside a bare cursor that writes the same columns. With
 * {@code -Ddibs.export.rows=1000000} it is a measurement, and requires that the export is at least 0.7 times as fast as
 * the cursor; {@code -Ddibs.export.mongodb=URI} takes that server, else one that keeps its documents in plain maps.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ExportSpeedIT {
    private static final int USUAL = 20_000;
    private static final int ROWS = Integer.getInteger("dibs.export.rows", USUAL);
    private static final int PIECE = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ActivityId ID = new ActivityId("movie-night");

    @TempDir
    Path folder;

    @Test
    void manyRowsFitThroughASmallHeapAtTheSpeedOfACursor() throws Exception {
        Process server = null;
        try {
            String uri = System.getProperty("dibs.export.mongodb");
            if (uri == null) {
                server = java("-Xmx" + (512 + ROWS / 250) + "m", DocumentsProgram.class)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                uri = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                        .readLine();
            }
            String database = TestDatabase.nameFor(ExportSpeedIT.class);
            fill(uri, database);

            String told = measure(uri, database);

            // What is measured is to be read, whatever the tests log.
            System.out.printf("%,d rows%n%s", ROWS, told);
            assertThat(told).contains("the same rows");
            if (ROWS > USUAL) {
                double ratio = Double.parseDouble(told.replaceAll("(?s).*ratio of the medians: ([0-9.]+).*", "$1"));
                assertThat(ratio).isGreaterThanOrEqualTo(0.7);
            }
        } finally {
            if (server != null) {
                server.destroy();
            }
        }
    }

    private String measure(String uri, String database) throws Exception {
        Path output = folder.resolve("measured.txt");
        Process program = java("-Xmx256m", ExportSpeedProgram.class, uri, database, folder.toString(), "" + ROWS)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(program.waitFor(25, TimeUnit.MINUTES)).isTrue();
            String told = Files.readString(output);
            assertThat(program.exitValue()).as(told).isZero();
            return told;
        } finally {
            program.destroyForcibly();
        }
    }

    private static ProcessBuilder java(String heap, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** In an order in which nobody buys: the server has to sort. */
    private static void fill(String uri, String database) {
        try (MongoClient client = MongoClients.create(uri)) {
            for (int from = 0; from < ROWS; from += PIECE) {
                List<Document> piece = new ArrayList<>(PIECE);
                for (int i = from; i < Math.min(ROWS, from + PIECE); i++) {
                    piece.add(ticket((int) (i * 7_919L % ROWS)));
                }
                Mono.from(client.getDatabase(database)
                                .getCollection(Documents.USER_TICKETS)
                                .insertMany(piece))
                        .block(PATIENCE);
            }
            Mono.from(client.getDatabase(database)
                            .getCollection(Documents.PROJECTIONS)
                            .insertOne(new Document(
                                            "_id", Documents.positionId(Documents.USER_TICKETS, MemoryLog.PARTITION))
                                    .append(Projection.NEXT_OFFSET, Long.MAX_VALUE)))
                    .block(PATIENCE);
        }
    }

    private static Document ticket(int sequence) {
        Document ticket = new Document("_id", new UUID(0x0192f0c17a8b7c3dL, sequence).toString())
                .append(UserTicket.USER_ID, "buyer-" + sequence + "@example.org")
                .append(UserTicket.ACTIVITY_ID, ID.value())
                .append(UserTicket.SEQUENCE, sequence)
                .append(UserTicket.TICKET_KIND, "standard")
                .append(UserTicket.CODE, TestCodes.SEAL.seal(ID, "MNP-%08d-QX7".formatted(sequence)))
                .append(UserTicket.GRABBED_AT, 1_795_608_000_000L + sequence / 7)
                .append(UserTicket.REQUEST, "0123456789abcdef0123456789abcdef")
                .append(UserTicket.PARTITION, MemoryLog.PARTITION)
                // All of it lies before the first record of the log in memory, of which there is one.
                .append(UserTicket.OFFSET, 0L);
        if (sequence % 3 == 0) {
            ticket.append(UserTicket.REDEEMED_AT, 1_795_612_000_000L + sequence).append(UserTicket.REDEEMED_OFFSET, 0L);
        }
        return ticket;
    }
}
