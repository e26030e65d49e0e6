package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.audit.CsvExport;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exports of a sale that goes on, from two instances of the API, held against the log. */
@Timeout(900)
class ExportJourneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = TestDatabase.nameFor(ExportJourneyIT.class);
    private static final String JSON = "application/json";
    private static final int BUYERS = 200;

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE).start();
        client = new Client(services.apis());
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void aPositionIsTheSameFileForEverAndEverywhere() throws Exception {
        // Given a sale, of which some has happened at the door
        Sale sale = Sale.open(client, "export", BUYERS, 1);
        List<Reply> won = new ArrayList<>(sale.grabs(BUYERS / 2, i -> sale.id() + "-a" + i, i -> "r" + i));
        sale.awaitGranted(BUYERS / 2);
        use(won.subList(0, 10));
        HttpResponse<byte[]> first = export(0, sale, "?waitSeconds=60");
        String position = first.headers().firstValue("Dibs-Log-Position").orElseThrow();

        // When it goes on: others win, and some of the first are let in, or lose their tickets
        won.addAll(sale.grabs(BUYERS / 4, i -> sale.id() + "-b" + i, i -> "r" + i));
        sale.awaitGranted(BUYERS / 2 + BUYERS / 4);
        use(won.subList(10, 30));
        HttpResponse<byte[]> later = export(1, sale, "?waitSeconds=60");

        // Then the position is the same file, from both instances, also after a restart
        assertThat(export(1, sale, "?position=" + position).body()).isEqualTo(first.body());
        assertThat(later.body()).isNotEqualTo(first.body());
        services.restart();
        String laterPosition = later.headers().firstValue("Dibs-Log-Position").orElseThrow();
        for (int instance = 0; instance < 2; instance++) {
            assertThat(export(instance, sale, "?position=" + position).body()).isEqualTo(first.body());
            assertThat(export(instance, sale, "?position=" + laterPosition).body())
                    .isEqualTo(later.body());
            ExportManifest manifest = manifest(instance, sale, "?position=" + position);
            assertThat(manifest.rows()).isEqualTo(BUYERS / 2);
            assertThat(manifest.sha256()).isEqualTo(sha256(first.body()));
        }
        // … and whoever lost the connection in the middle goes on behind the last row
        String whole = new String(first.body(), StandardCharsets.UTF_8);
        int kept = whole.indexOf("\r\n", whole.length() / 2) + 2;
        int row = whole.lastIndexOf("\r\n", kept - 3) + 2;
        String sequence = whole.substring(row, whole.indexOf(',', row));
        byte[] rest =
                export(0, sale, "?position=" + position + "&after=" + sequence).body();
        assertThat(whole.substring(0, kept) + new String(rest, StandardCharsets.UTF_8))
                .isEqualTo(whole);
        // … and each of them is what the log says as of its position
        assertHolds(sale, position, first.body(), "");
        assertHolds(sale, laterPosition, later.body(), "");
        for (String filter :
                List.of("&state=redeemed", "&state=granted,revoked&fromSequence=5&toSequence=80&bom=true")) {
            assertHolds(
                    sale,
                    laterPosition,
                    export(0, sale, "?position=" + laterPosition + filter).body(),
                    filter);
        }
    }

    /** In turn: the first of three is let in, the second taken back, the third is left alone. */
    private static void use(List<Reply> won) {
        String operator = client.adminToken();
        for (int i = 0; i < won.size(); i++) {
            Reply ticket = won.get(i);
            assertThat(ticket.isGranted()).as("%s", ticket.body()).isTrue();
            if (i % 3 == 0) {
                String code = ticket.data().required("code").stringValue();
                decided("/admin/tickets/redeem", operator, "{\"code\":\"%s\",\"gate\":\"north\"}".formatted(code));
            } else if (i % 3 == 1) {
                String id = ticket.data().required("id").stringValue();
                decided("/admin/tickets/" + id + "/revoke", operator, "{\"reason\":\"resold\"}");
            }
        }
    }

    /** A busy machine may say 503, which means: the same again; it may have been done meanwhile. */
    private static void decided(String path, String operator, String body) {
        Reply reply = await().atMost(PATIENCE)
                .until(() -> client.post(path, operator, JSON, body), answer -> answer.status() != 503);
        assertThat(reply.status()).as("%s", reply.body()).isIn(200, 409);
    }

    private HttpResponse<byte[]> export(int instance, Sale sale, String query) throws Exception {
        return get(instance, sale, "results.csv" + query);
    }

    private ExportManifest manifest(int instance, Sale sale, String query) throws Exception {
        return ExportManifestCodec.decode(
                get(instance, sale, "results.json" + query).body());
    }

    private HttpResponse<byte[]> get(int instance, Sale sale, String resource)
            throws IOException, InterruptedException {
        URI uri = services.apis().get(instance).resolve("/admin/activities/" + sale.id() + "/" + resource);
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + Client.tokenOf("operator", "operator"))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(response.statusCode())
                .as(() -> uri + " " + new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return response;
    }

    private void assertHolds(Sale sale, String position, byte[] csv, String filter) throws Exception {
        Path file = Files.write(folder.resolve("export.csv"), csv);
        ExportManifest manifest = manifest(1, sale, "?position=" + position + filter);
        Audits.assertHolds(DATABASE, sale, PATIENCE, new CsvExport(file, new ActivityId(sale.id()), manifest));
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
