package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's first hour, the buyer, and the door, as the README tells them and in its order. */
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
    void oneBlockAfterTheOtherDoesWhatItIsThereFor() throws Exception {
        Readme readme = Readme.in(folder);
        copyExample();
        List<String> blocks = Readme.blocks("An operator's first hour", "Buyers", "At the door, and afterwards");
        assertThat(blocks)
                .as("set-up and watching, over HTTP, the buyer, the door, a gate's own token, the results")
                .hasSize(6);

        try (DibsProcess dibs = DibsProcess.start(
                        folder, "up", "--data", folder.resolve("dibs-data").toString(), "--port", "0")
                .awaitUp()) {
            String url = dibs.told("Dibs is up:");
            String overHttp =
                    blocks.get(1).replace(DEFAULT_URL, url).replace(SHOWN_ONCE, "PASSWORD=" + dibs.told("password"));

            assertThat(readme.run(blocks.get(0)))
                    .as("the block, and who made it")
                    .anyMatch(line -> line.contains("mallory"))
                    .as("the trail")
                    .anyMatch(line -> line.contains("publish"));

            assertThat(readme.run(overHttp + blocks.get(2)))
                    .as("the operator's look at it")
                    .anyMatch(line -> line.contains("\"stock\":500"))
                    .as("the buyer has won")
                    .anyMatch(line -> line.contains("\"ret\":0") && line.contains(CODE));

            assertThat(readme.run(blocks.get(3))).anyMatch(line -> line.startsWith("let in:"));

            Readme.Shown second = readme.show(blocks.get(4).replace(DEFAULT_URL, url));
            assertThat(second.lines())
                    .as("the gate's own token is taken, and the ticket is used already")
                    .anyMatch(line -> line.contains("redeemed"))
                    .noneMatch(line -> line.startsWith("let in:"));
            assertThat(second.status()).isEqualTo(1);

            assertThat(readme.run(blocks.get(5)))
                    .as("the audit")
                    .anyMatch(line -> line.contains("G5 the CSV equals the log … ok"));
            assertThat(Files.readAllLines(folder.resolve("movie-night.csv")))
                    .as("a heading and the one who won")
                    .hasSize(2);
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
