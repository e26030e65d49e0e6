package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An operator's work with the program alone, against a server that runs. */
@Timeout(900)
class OperatorCommandsIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "movie-night");

    @TempDir
    Path folder;

    private Path data;

    @Test
    void anActivityIsLedThroughItsSale() throws Exception {
        data = folder.resolve("data");
        try (DibsProcess dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp()) {
            String file = EXAMPLE.resolve("activity.yaml").toString();
            assertThat(done("activity create", file, "--starts-in", "1h", "--lasts", "2h"))
                    .contains("activity movie-night");
            assertThat(done("activity list")).contains("movie-night", "DRAFT", "version 1");
            refused("no codes", "activity publish", "movie-night");

            // Codes: a bar where somebody looks, bad rows by their number, and how it went
            String codes = EXAMPLE.resolve("codes.csv").toString();
            assertThat(done("codes import", "--activity", "movie-night", codes))
                    .contains("500 codes imported, numbers 0 to 499");
            assertThat(done("codes import", "--activity", "movie-night", codes)).contains("nothing new");
            Path bad = Files.writeString(
                    folder.resolve("bad.csv"),
                    IntStream.range(0, 3)
                            .mapToObj(i -> "X-1,premium")
                            .collect(Collectors.joining("\n", "code,ticket\n", "\n")));
            Program refusal = run("codes import", "--activity", "movie-night", bad.toString());
            assertThat(refusal.status()).isEqualTo(1);
            assertThat(refusal.err()).contains("bad.csv", "row 3", "row 4").doesNotContain("X-1", "Exception");
            assertThat(done("codes status", "--activity", "movie-night").lines())
                    .hasSize(3)
                    .anyMatch(line -> line.contains("500 codes imported"))
                    .anyMatch(line -> line.contains("bad row"));

            // Changes, each with what it was meant for
            assertThat(done("activity publish", "movie-night")).contains("PUBLISHED", "version 2");
            assertThat(done("activity change", "movie-night", "--name", "Late Night", "--limit", "2"))
                    .contains("Late Night", "2 per user", "version 3");
            refused("version 3", "activity change", "movie-night", "--name", "Lost", "--if-version", "2");
            Path more = Files.writeString(folder.resolve("more.yaml"), "desc: More seats\n");
            assertThat(done("activity change", "movie-night", "--file", more.toString(), "--if-version", "3"))
                    .contains("version 4");
            assertThat(done("activity pause", "movie-night")).contains("PAUSED");
            assertThat(done("activity resume", "movie-night")).contains("PUBLISHED");
            long before = endTime();
            assertThat(done("activity extend", "movie-night", "--by", "10m")).contains("version 7");
            assertThat(endTime()).isEqualTo(before + 600);
            assertThat(done("activity get", "movie-night"))
                    .contains("stock 500, granted 0, remaining 500", "ticket ")
                    .doesNotContain("unknown");
            refused("later", "activity extend", "movie-night", "--until", "2020-01-01T00:00:00Z");
            assertThat(done("activity end", "movie-night")).contains("ENDED");
            refused("ENDED", "activity resume", "movie-night");
            refused("no activity", "activity get", "nothing");
            dibs.signal();
            dibs.awaitEnd();
        }
    }

    @Test
    void anImportThatFailsLeavesNothingAndCanBeRepeated() throws Exception {
        data = folder.resolve("data");
        try (DibsProcess dibs = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp()) {
            String file = EXAMPLE.resolve("activity.yaml").toString();
            String good = EXAMPLE.resolve("codes.csv").toString();
            Path bad = Files.writeString(folder.resolve("bad.csv"), "code,ticket\nX-1,premium\nX-1,premium\n");

            Program refusal = run("import", "--activity", file, "--codes", bad.toString(), "--starts-in", "1h");
            assertThat(refusal.status()).isEqualTo(1);
            assertThat(refusal.err()).contains("bad.csv", "row 3").doesNotContain("X-1");
            refused("no activity", "activity get", "movie-night");

            // A first command that got no further than the draft
            done("import", "--activity", file, "--starts-in", "1h", "--lasts", "2h");
            assertThat(done("import", "--activity", file, "--codes", good, "--starts-in", "90m", "--lasts", "2h"))
                    .contains("its draft is there already", "500 imported");
            dibs.signal();
            dibs.awaitEnd();
        }
    }

    private long endTime() {
        return new JsonMapper()
                .readTree(done("activity get", "movie-night", "--json"))
                .path("end_time")
                .asLong();
    }

    private String done(String command, String... arguments) {
        Program program = run(command, arguments);
        assertThat(program.status()).as(program.err()).isZero();
        assertThat(program.err()).isEmpty();
        return program.out();
    }

    private void refused(String why, String command, String... arguments) {
        Program program = run(command, arguments);
        assertThat(program.status()).isEqualTo(1);
        assertThat(program.errorLines()).singleElement().asString().contains(why);
    }

    private Program run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command.split(" ")));
        line.addAll(List.of("--data", data.toString()));
        line.addAll(List.of(arguments));
        return Program.run(line.toArray(String[]::new));
    }
}
