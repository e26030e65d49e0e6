package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's first hour, and the buyer in between, as the README tells them. */
@Timeout(900)
class OperatorsReadmeIT {
    /** What each start makes up; the README says where it is told. */
    private static final String SHOWN_ONCE = "PASSWORD=...";

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    /** The first of the example's codes. */
    private static final String CODE = "MNP-X3GQ-SV8N-DE3Q";

    @TempDir
    private Path folder;

    @Test
    void eachCommandDoesWhatItIsThereFor() throws Exception {
        Readme readme = Readme.in(folder);
        copyExample();
        List<String> operator = Readme.blocks("An operator's first hour");
        List<String> buyers = Readme.blocks("Buyers");
        assertThat(operator)
                .as("set-up and watching, the door, a gate's own token, over HTTP")
                .hasSize(4);
        assertThat(buyers).hasSize(1);

        try (DibsProcess dibs = DibsProcess.start(
                        folder, "up", "--data", folder.resolve("dibs-data").toString(), "--port", "0")
                .awaitUp()) {
            String url = dibs.told("Dibs is up:");
            String overHttp =
                    operator.get(3).replace(DEFAULT_URL, url).replace(SHOWN_ONCE, "PASSWORD=" + dibs.told("password"));

            assertThat(readme.run(operator.get(0)))
                    .as("the block, and who made it")
                    .anyMatch(line -> line.contains("mallory"))
                    .as("the trail")
                    .anyMatch(line -> line.contains("publish"));

            assertThat(readme.run(overHttp + buyers.get(0)))
                    .as("the operator's look at it")
                    .anyMatch(line -> line.contains("\"stock\":500"))
                    .as("the buyer has won")
                    .anyMatch(line -> line.contains("\"ret\":0") && line.contains(CODE));

            assertThat(readme.run(operator.get(1)))
                    .anyMatch(line -> line.startsWith("let in:"))
                    .as("the audit")
                    .anyMatch(line -> line.contains("G5 the CSV equals the log … ok"));
            assertThat(Files.readAllLines(folder.resolve("movie-night.csv")))
                    .as("a heading and the one who won")
                    .hasSize(2);

            Readme.Shown second = readme.show(operator.get(2).replace(DEFAULT_URL, url));
            assertThat(second.lines())
                    .as("the gate's own token is taken, and the ticket is used already")
                    .anyMatch(line -> line.contains("redeemed"))
                    .noneMatch(line -> line.startsWith("let in:"));
            assertThat(second.status()).isEqualTo(1);
        }
    }

    private void copyExample() throws Exception {
        Path example = Path.of("..", "examples", "movie-night");
        Path copy = Files.createDirectories(folder.resolve("examples").resolve("movie-night"));
        try (Stream<Path> files = Files.list(example)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
    }
}
