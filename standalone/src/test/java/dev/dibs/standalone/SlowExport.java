package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.standalone.stack.Addresses;
import dev.dibs.standalone.stack.DataFolder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export of an activity of its own, begun and not read on. Its rows are put into the collection past the log: a rebuild
 * does not have them, so whoever gets all of them has read the replaced collection to its end.
 */
final class SlowExport {
    private static final String ACTIVITY = "slow-export";
    /** Twelve megabytes: more than what the sockets and the server hold for a client that does not read. */
    private static final int ROWS = 12_000;

    private static final String LONG_NAME = "x".repeat(1_000);
    /** Nothing has been sold, so that the position is 0. */
    private static final long BEFORE_ALL = -1;

    private static final int BEGINNING = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String operator;
    private String position = "";
    private ExportManifest manifest;
    private InputStream body;
    private byte[] beginning;

    private SlowExport(URI url, String password) throws Exception {
        this.url = url;
        HttpRequest login = HttpRequest.newBuilder(url.resolve("/user/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"account\":\"admin\",\"password\":\"" + password + "\"}"))
                .build();
        this.operator = new JsonMapper()
                .readTree(http.send(login, BodyHandlers.ofString()).body())
                .path("data")
                .path("token")
                .asString();
    }

    static SlowExport begin(URI url, Path data) throws Exception {
        SlowExport export = new SlowExport(url, DataFolder.adminPassword(data));
        export.create();
        int partition = export.manifest().position().partition();
        fill(DataFolder.running(data).orElseThrow().addresses(), partition);
        HttpResponse<InputStream> response = export.get("results.csv", BodyHandlers.ofInputStream());
        export.position = response.headers().firstValue("Dibs-Log-Position").orElseThrow();
        export.body = response.body();
        export.beginning = export.body.readNBytes(BEGINNING);
        export.manifest = export.manifest();
        assertThat(export.manifest.rows()).isEqualTo(ROWS);
        return export;
    }

    private void create() throws Exception {
        String window = "\"start_time\":1893456000,\"end_time\":1893542400";
        HttpRequest create = HttpRequest.newBuilder(url.resolve("/admin/activities"))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\":\"" + ACTIVITY + "\",\"name\":\"Slow\",\"limit_per_user\":1,"
                        + window + ",\"tickets\":[{\"kind\":\"standard\",\"name\":\"Standard\"," + window + "}]}"))
                .build();
        HttpResponse<String> created = http.send(create, BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    private static void fill(Addresses addresses, int partition) {
        List<Document> tickets = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            tickets.add(new Document("_id", new UUID(1, i).toString())
                    .append(UserTicket.USER_ID, LONG_NAME)
                    .append(UserTicket.ACTIVITY_ID, ACTIVITY)
                    .append(UserTicket.SEQUENCE, i)
                    .append(UserTicket.TICKET_KIND, "standard")
                    .append(UserTicket.GRABBED_AT, 1L)
                    .append(UserTicket.PARTITION, partition)
                    .append(UserTicket.OFFSET, BEFORE_ALL));
        }
        try (MongoClient client = MongoClients.create(addresses.mongodb())) {
            Mono.from(client.getDatabase(addresses.database())
                            .getCollection(Documents.USER_TICKETS)
                            .insertMany(tickets))
                    .block(PATIENCE);
        }
    }

    private ExportManifest manifest() throws Exception {
        return ExportManifestCodec.decode(
                get("results.json", BodyHandlers.ofByteArray()).body());
    }

    private <T> HttpResponse<T> get(String resource, BodyHandler<T> handler) throws Exception {
        String query = "?columns=sequence,user_id" + (position.isEmpty() ? "" : "&position=" + position);
        HttpRequest request = HttpRequest.newBuilder(
                        url.resolve("/admin/activities/" + ACTIVITY + "/" + resource + query))
                .header("Authorization", "Bearer " + operator)
                .build();
        HttpResponse<T> response = http.send(request, handler);
        assertThat(response.statusCode()).as(resource).isEqualTo(200);
        return response;
    }

    void endsAsItsManifestSaysThoughItsRowsAreReadNoMore() throws Exception {
        assertThat(manifest().rows()).as("in the collection that is read now").isZero();

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(beginning);
        byte[] rest;
        try (InputStream in = body) {
            rest = in.readAllBytes();
        }
        digest.update(rest);

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(manifest.sha256());
        assertThat((beginning.length + rest.length)).isEqualTo((int) manifest.bytes());
        assertThat(new String(rest, StandardCharsets.UTF_8)).contains("\n" + (ROWS - 1) + ",");
    }
}
