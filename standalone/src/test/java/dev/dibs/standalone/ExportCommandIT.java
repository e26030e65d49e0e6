package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.audit.CsvExport;
import dev.dibs.exports.ExportManifest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An analyst's exports with the program, from a server that runs, over a connection that breaks. */
@Timeout(900)
class ExportCommandIT {
    private static final int CUTS = 3;

    @TempDir
    Path folder;

    private Path data;
    private URI url;

    @Test
    void theSamePositionIsTheSameFileInEveryForm() throws Exception {
        data = folder.resolve("data");
        try (DibsProcess dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp()) {
            url = URI.create(dibs.told("Dibs is up:"));
            String code = MovieNight.sell(url, data);

            // When it is exported over a connection that breaks three times, and once more in peace
            Path broken = folder.resolve("broken.csv");
            Program export = overABadConnection(dibs.told("password"), broken);
            assertThat(export.out()).contains("6 rows", "all there", "going on");
            ExportManifest manifest = CsvExport.manifestBeside(broken);
            String position = manifest.position().toString();
            Path whole = done("whole.csv", "--position", position);

            // Then it is the same file, also after somebody has been let in
            assertThat(Files.readAllBytes(broken)).isEqualTo(Files.readAllBytes(whole));
            assertThat(manifest.rows()).isEqualTo(MovieNight.WINNERS);
            assertThat(Program.run("redeem", code, "--gate", "north", "--data", data.toString())
                            .status())
                    .isZero();
            Path now = done("now.csv");
            assertThat(Files.readAllBytes(done("later.csv", "--position", position)))
                    .isEqualTo(Files.readAllBytes(broken));
            assertThat(Files.readString(now)).isNotEqualTo(Files.readString(broken));
            assertThat(Files.readAllLines(done("used.csv", "--state", "redeemed", "--columns", "code,state")))
                    .containsExactly("code,state", code + ",redeemed");

            // And compressed, and as Parquet
            Path compressed = done("whole.csv.gz", "--position", position);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(compressed))).readAllBytes())
                    .isEqualTo(Files.readAllBytes(whole));
            Path parquet = done("whole.parquet", "--position", position);
            assertThat(rowsInParquet(parquet)).isEqualTo(rowsInCsv(whole));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parquet)))
                    .as("it has the codes in it, as the other forms have")
                    .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(whole)))
                    .isEqualTo("rw-------");
            assertThat(CsvExport.manifestBeside(parquet).rows()).isEqualTo(MovieNight.WINNERS);

            // And the audit holds each to its position
            for (Path file : List.of(broken, compressed)) {
                Program audit = Program.run("audit", "--data", data.toString(), "--csv", file.toString());
                assertThat(audit.status()).as(audit.out() + audit.err()).isZero();
                assertThat(audit.out()).contains("G5 the CSV equals the log … ok (6 rows as of ");
            }
            Files.writeString(broken, Files.readString(now));
            Program audit = Program.run("audit", "--data", data.toString(), "--csv", broken.toString());
            assertThat(audit.status()).isEqualTo(1);
            assertThat(audit.out())
                    .contains("redeemed_at is expected to be absent", "the manifest of the CSV is wrong");

            refused(
                    "possible are " + manifest.position().partition() + ":0 to",
                    "--position",
                    manifest.position().partition() + ":1000000");
            refused("there are granted, redeemed, revoked", "--state", "lost");
            Program slip = Program.run("export", "--data", data.toString(), "--activity", "movie-nihgt");
            assertThat(slip.status()).isEqualTo(1);
            assertThat(slip.errorLines()).singleElement().asString().endsWith("there are movie-night");
            dibs.signal();
            dibs.awaitEnd();
        }
    }

    private Program overABadConnection(String password, Path file) throws Exception {
        Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
        try (CuttingProxy proxy = new CuttingProxy(url, CUTS, 250)) {
            Program export = Program.run(
                    "export",
                    "--url",
                    proxy.url().toString(),
                    "--password-file",
                    passwordFile.toString(),
                    "--activity",
                    "movie-night",
                    "--to",
                    file.toString());
            assertThat(export.status()).as(export.err()).isZero();
            assertThat(proxy.cutsLeft()).isZero();
            return export;
        }
    }

    private Path done(String name, String... options) {
        Path file = folder.resolve(name);
        Program export = export(file, options);
        assertThat(export.status()).as(export.err()).isZero();
        return file;
    }

    private void refused(String why, String... options) {
        Path file = folder.resolve("refused.csv");
        Program export = export(file, options);
        assertThat(export.status()).isEqualTo(1);
        assertThat(export.errorLines()).singleElement().asString().contains(why);
        assertThat(file).doesNotExist();
    }

    private Program export(Path file, String... options) {
        List<String> line = new ArrayList<>(
                List.of("export", "--data", data.toString(), "--activity", "movie-night", "--to", file.toString()));
        line.addAll(List.of(options));
        return Program.run(line.toArray(String[]::new));
    }

    private static List<String> rowsInParquet(Path parquet) throws Exception {
        return rows("SELECT sequence, ticket_id, user_id, ticket, code, strftime(timezone('UTC', grabbed_at),"
                + " '%Y-%m-%dT%H:%M:%S.%gZ'), redeemed_at FROM read_parquet('" + parquet + "') ORDER BY sequence");
    }

    private static List<String> rowsInCsv(Path csv) throws Exception {
        return rows("SELECT sequence, ticket_id, user_id, ticket, code, grabbed_at, redeemed_at FROM read_csv('" + csv
                + "', all_varchar = true) ORDER BY CAST(sequence AS INTEGER)");
    }

    private static List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet result = duckdb.createStatement().executeQuery(query)) {
            while (result.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    fields.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" ", fields));
            }
        }
        return rows;
    }
}
