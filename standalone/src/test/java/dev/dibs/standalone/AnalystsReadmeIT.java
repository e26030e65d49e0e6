package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dibs.audit.CsvExport;
import dev.dibs.servers.Executables;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows analysts, run as it stands there, beside a server that runs. */
@Timeout(900)
class AnalystsReadmeIT {
    /** Of an address that each start makes up; the README says where it is told. */
    private static final String AS_SHOWN = "127.0.0.1:...";

    @TempDir
    private static Path folder;

    private static DibsProcess dibs;
    private static List<String> blocks;
    private static Readme readme;

    @BeforeAll
    static void sell() throws Exception {
        blocks = Readme.blocks("For analysts");
        // Where the program looks for it if it is told nothing.
        Path data = folder.resolve("dibs-data");
        dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp();
        String code = MovieNight.sell(URI.create(dibs.told("Dibs is up:")), data);
        Program redeemed = Program.run("redeem", code, "--gate", "north", "--data", data.toString());
        assertThat(redeemed.status()).as(redeemed.err()).isZero();
        readme = Readme.in(folder);
    }

    @AfterAll
    static void stop() {
        if (dibs != null) {
            dibs.close();
        }
    }

    @Test
    void everyBlockIsRunHere() {
        assertThat(blocks).hasSize(3);
    }

    @Test
    void kcatShowsRowsAndTotals() throws Exception {
        assumeThat(Executables.find("kcat")).as("kcat is installed").isPresent();

        List<String> lines = readme.run(blocks.get(0).replace(AS_SHOWN, dibs.told("Kafka")));

        assertThat(lines)
                .filteredOn(line -> line.startsWith("movie-night:"))
                .as("a row each, and one more of the ticket that was redeemed")
                .hasSize(MovieNight.WINNERS + 1);
        assertThat(lines).filteredOn(line -> line.startsWith("movie-night {")).isNotEmpty();
    }

    @Test
    void theResultsAreExportedAndAudited() throws Exception {
        List<String> lines = readme.run(blocks.get(1));

        for (String file : List.of("movie-night.csv", "movie-night.parquet")) {
            assertThat(CsvExport.manifestBeside(folder.resolve(file)).rows()).isEqualTo(MovieNight.WINNERS);
        }
        assertThat(Files.readAllLines(folder.resolve("movie-night.csv"))).hasSize(1 + MovieNight.WINNERS);
        assertThat(Files.readAllLines(folder.resolve("used.csv")))
                .hasSize(2)
                .first()
                .isEqualTo("sequence,user_id,redeemed_at");
        assertThat(lines).anyMatch(line -> line.contains("G5 the CSV equals the log … ok"));
    }

    @Test
    void thePicturesAreThere() throws Exception {
        readme.run(blocks.get(2));

        assertThat(folder.resolve("movie-night.html")).content().startsWithIgnoringCase("<!doctype html>");
    }
}
