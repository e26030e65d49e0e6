package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dibs.audit.CsvExport;
import dev.dibs.servers.Executables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows analysts, run as it stands there, beside a server that runs. */
@Timeout(900)
class ReadmeIT {
    /** Of an address that each start makes up; the README says where it is told. */
    private static final String AS_SHOWN = "127.0.0.1:...";

    private static final int LIMIT_MINUTES = 5;

    @TempDir
    private static Path folder;

    private static DibsProcess dibs;
    private static List<String> blocks;

    @BeforeAll
    static void sell() throws Exception {
        blocks = blocksForAnalysts();
        // Where the program looks for it if it is told nothing.
        Path data = folder.resolve("dibs-data");
        dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp();
        String code = MovieNight.sell(URI.create(dibs.told("Dibs is up:")), data);
        Program redeemed = Program.run("redeem", code, "--gate", "north", "--data", data.toString());
        assertThat(redeemed.status()).as(redeemed.err()).isZero();
        putProgramIn(folder);
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

        List<String> lines = run(blocks.get(0).replace(AS_SHOWN, dibs.told("Kafka")));

        assertThat(lines)
                .filteredOn(line -> line.startsWith("movie-night:"))
                .as("a row each, and one more of the ticket that was redeemed")
                .hasSize(MovieNight.WINNERS + 1);
        assertThat(lines).filteredOn(line -> line.startsWith("movie-night {")).isNotEmpty();
    }

    @Test
    void theResultsAreExportedAndAudited() throws Exception {
        List<String> lines = run(blocks.get(1));

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
        run(blocks.get(2));

        assertThat(folder.resolve("movie-night.html")).content().startsWithIgnoringCase("<!doctype html>");
    }

    private static List<String> blocksForAnalysts() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int chapter = readme.indexOf("\n## For analysts\n");
        String text = readme.substring(chapter, readme.indexOf("\n## ", chapter + 1));
        return Pattern.compile("(?ms)^```sh\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    /** What the script {@code dibs} starts once it has built. */
    private static void putProgramIn(Path folder) throws IOException {
        Path script = Files.writeString(
                folder.resolve("dibs"),
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Dibs.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static List<String> run(String block) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "block", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", block)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DIBS_"));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue())
                .as("%s%n%s", block, Files.readString(out))
                .isZero();
        return Files.readAllLines(out);
    }
}
