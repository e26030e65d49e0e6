package dev.dibs.standalone.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ResultsFileTest {
    private static final int ROWS = 3_000;

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private ExportServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new ExportServer(ROWS);
        file = folder.resolve("results.csv");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFileIsThereWithItsManifest() throws Exception {
        ExportManifest manifest = write(ExportColumn.DEFAULT, ExportFormat.CSV);

        byte[] whole = server.file(ExportColumn.DEFAULT);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(manifest.position()).isEqualTo(ExportServer.POSITION);
        assertThat(manifest.sha256()).isEqualTo(ExportServer.sha256(whole));
        assertThat(manifest.file().sha256()).isEqualTo(manifest.sha256());
        assertThat(ExportManifestCodec.decode(Files.readAllBytes(folder.resolve("results.csv.manifest.json"))))
                .isEqualTo(manifest);
        assertThat(left()).containsExactlyInAnyOrder("results.csv", "results.csv.manifest.json");
    }

    @Test
    void whereverTheConnectionBreaksTheFileIsTheSame() throws Exception {
        server.breaks.addAll(List.of(20, 400, 10_000, -1, 40_000, 1));

        ExportManifest manifest = write(ExportColumn.DEFAULT, ExportFormat.CSV);

        assertThat(Files.readAllBytes(file)).isEqualTo(server.file(ExportColumn.DEFAULT));
        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(server.asked).hasSize(7);
        assertThat(server.asked.get(0)).doesNotContain("position", "after");
        assertThat(server.asked.get(1))
                .as("nothing but a part of the header")
                .contains("position=2:1000")
                .doesNotContain("after");
        assertThat(server.asked.subList(2, 7)).allMatch(query -> query.contains("position=2:1000&after="));
        assertThat(told).anyMatch(line -> line.contains("going on"));
    }

    @Test
    void withoutTheSequenceItBeginsAgainAndIsTheSame() throws Exception {
        server.breaks.addAll(List.of(1_000, 30_000, 50));
        List<ExportColumn> columns = List.of(ExportColumn.USER_ID, ExportColumn.CODE);

        write(columns, ExportFormat.CSV);

        assertThat(Files.readAllBytes(file)).isEqualTo(server.file(columns));
        assertThat(server.asked).hasSize(4).noneMatch(query -> query.contains("after"));
    }

    @Test
    void compressedItIsTheSame() throws Exception {
        server.breaks.add(100_000);
        file = folder.resolve("results.csv.gz");

        ExportManifest manifest = write(ExportColumn.DEFAULT, ExportFormat.CSV_GZ);

        byte[] stored = Files.readAllBytes(file);
        byte[] whole = server.file(ExportColumn.DEFAULT);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes())
                .isEqualTo(whole);
        assertThat(manifest.sha256()).isEqualTo(ExportServer.sha256(whole));
        assertThat(manifest.file().sha256()).isEqualTo(ExportServer.sha256(stored));
        assertThat(manifest.file().bytes()).isEqualTo(stored.length);
    }

    @Test
    void parquetHasTheSameRowsWithTheirTypes() throws Exception {
        file = folder.resolve("it's.parquet");
        List<ExportColumn> all = List.of(ExportColumn.values());

        ExportManifest manifest = write(all, ExportFormat.PARQUET);
        byte[] once = Files.readAllBytes(file);
        write(all, ExportFormat.PARQUET);

        assertThat(manifest.file().format()).isEqualTo("parquet");
        assertThat(manifest.file().sha256()).isEqualTo(ExportServer.sha256(once));
        assertThat(Files.readAllBytes(file))
                .as("the same library writes the same file")
                .isEqualTo(once);
        assertThat(sql("SELECT count(*), count(redeemed_at), count(revoked_at), min(sequence), max(sequence) FROM $"))
                .containsExactly("3000 1500 0 0 5998");
        assertThat(sql("SELECT code, epoch_ms(grabbed_at), user_id FROM $ WHERE sequence = 2"))
                .containsExactly("=code \"2\",\r\nü 1795719600002 user_id-2");
        assertThat(sql("SELECT typeof(sequence), typeof(grab_offset), typeof(grabbed_at), typeof(code) FROM $ LIMIT 1"))
                .containsExactly("INTEGER BIGINT TIMESTAMP WITH TIME ZONE VARCHAR");
        assertThat(sql("SELECT decode(value) FROM parquet_kv_metadata('#') WHERE decode(key) = 'log_position'"))
                .containsExactly("2:1000");
        assertThat(left()).containsExactlyInAnyOrder("it's.parquet", "it's.parquet.manifest.json");
    }

    @Test
    void whatTheServerDoesNotConfirmIsNoFile() throws Exception {
        Files.writeString(file, "the old one");
        server.lies = true;

        assertThatThrownBy(() -> write(ExportColumn.DEFAULT, ExportFormat.CSV))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("rows: 3001 there, 3000 here");

        assertThat(file).hasContent("the old one");
        assertThat(left()).containsExactly("results.csv");
    }

    @Test
    void aConnectionThatAlwaysBreaksIsGivenUp() throws Exception {
        for (int i = 0; i < 100; i++) {
            server.breaks.add(30);
        }

        assertThatThrownBy(() -> write(ExportColumn.DEFAULT, ExportFormat.CSV))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("broke after 0 rows");

        assertThat(left()).isEmpty();
    }

    @Test
    void aRefusalIsTold() {
        server.breaks.add(-1);

        assertThatThrownBy(() -> write(ExportColumn.DEFAULT, ExportFormat.CSV))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("still reading");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        ResultsFile nowhere = new ResultsFile(
                new OperatorClient(URI.create("http://127.0.0.1:9"), "p"),
                ExportQuery.everything("movie-night"),
                told::add);

        assertThatThrownBy(() -> nowhere.write(file, ExportFormat.CSV))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("http://127.0.0.1:9 cannot be reached");
    }

    private ExportManifest write(List<ExportColumn> columns, ExportFormat format) {
        ExportQuery query = new ExportQuery("movie-night", new ExportLayout(columns, false, true), Map.of());
        return new ResultsFile(new OperatorClient(server.url(), "p"), query, Duration.ofMillis(1), told::add)
                .write(file, format);
    }

    /** The rows of the answer, fields with blanks between; $ is the file as a table, # its name. */
    private List<String> sql(String query) throws SQLException {
        String name = file.toString().replace("'", "''");
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet result = duckdb.createStatement()
                        .executeQuery(query.replace("$", "read_parquet('" + name + "')")
                                .replace("#", name))) {
            while (result.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    fields.add(result.getString(i));
                }
                rows.add(String.join(" ", fields));
            }
        }
        return rows;
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
