package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIT {
    private static final int STOCK = 500;

    @TempDir
    Path folder;

    @Test
    void sellsEverythingOnceAndLeavesNothingBehind() throws Exception {
        Path report = folder.resolve("report.json");
        try (DibsProcess dibs = DibsProcess.start(
                folder, "demo", "--buyers", "2000", "--connections", "64", "--report", report.toString())) {

            int status = dibs.awaitEnd();

            assertThat(status).as("%s%s", dibs.out(), dibs.err()).isZero();
            JsonNode figures = new JsonMapper().readTree(Files.readString(report));
            for (String field : List.of(
                    "stock",
                    "confirmed",
                    "distinctWinners",
                    "logValid",
                    "redisIssued",
                    "mongoTickets",
                    "resultRows",
                    "statsGranted",
                    "csvRows")) {
                assertThat(figures.path(field).asLong()).as(field).isEqualTo(STOCK);
            }
            assertThat(figures.path("buyers").asLong()).isEqualTo(2_000);
            assertThat(figures.path("requests").asLong()).isGreaterThanOrEqualTo(2_000);
            // Scripts that hammer are refused by the default rule, and nobody else suffers for it.
            assertThat(figures.path("answers").path("-8").asLong()).isPositive();
            assertThat(figures.path("pending").asLong()).isZero();
            assertThat(figures.path("violations").isArray()).isTrue();
            assertThat(figures.path("violations").size()).isZero();
            for (String figure : List.of("sellOutMillis", "p50Millis", "p99Millis", "requestsPerSecond")) {
                assertThat(figures.path("figures").path(figure).asDouble())
                        .as(figure)
                        .isPositive();
            }
            assertThat(Files.readAllLines(folder.resolve("results.csv"))).hasSize(1 + STOCK);
            assertThat(dibs.out()).contains("pictures: " + folder.resolve("pictures.html"));
            assertThat(Files.readString(folder.resolve("pictures.html")))
                    .contains(
                            "500 in stock = 500 granted + 0 free + 0 not yet reached.", "It holds, and did at the end")
                    .contains("id=\"grabs\"", "id=\"waits\"", "id=\"places\"");
            assertThat(dibs.err()).isEmpty();
            assertThat(leftBehind()).isEmpty();
        }
    }

    @Test
    void aDemoThatCannotBeCarriedOutKeepsWhatExplainsIt() throws Exception {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        Files.writeString(examples.resolve("activity.yaml"), "id: sale\n");
        Files.writeString(examples.resolve("codes.csv"), "code\nMOVIE-1\n");
        try (DibsProcess dibs = DibsProcess.start(folder, "demo", "--examples", examples.toString())) {

            int status = dibs.awaitEnd();

            assertThat(status).as("%s%s", dibs.out(), dibs.err()).isEqualTo(1);
            Path kept = Path.of(dibs.told("data and logs are kept in"));
            assertThat(leftBehind()).containsExactly(kept);
            assertThat(kept.resolve("dibs.log")).content().contains("dibs demo failed");
        }
    }

    @Test
    void withoutItsFilesNothingIsStarted() throws Exception {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        Files.writeString(examples.resolve("activity.yaml"), "id: sale\n");
        try (DibsProcess dibs = DibsProcess.start(folder, "demo", "--examples", examples.toString())) {

            int status = dibs.awaitEnd();

            assertThat(status).isEqualTo(1);
            assertThat(dibs.err()).contains(examples.resolve("codes.csv") + " cannot be read: no such file");
            assertThat(dibs.out()).isEmpty();
            assertThat(leftBehind()).isEmpty();
        }
    }

    @Test
    void aDemoThatIsStoppedLeavesNothingBehind() throws Exception {
        try (DibsProcess dibs = DibsProcess.start(folder, "demo", "--buyers", "20")) {
            await().atMost(Duration.ofMinutes(3)).until(() -> dibs.out().contains("wait at the door"));

            dibs.signal();
            dibs.awaitEnd();

            assertThat(dibs.out()).doesNotContain("kept in");
            assertThat(leftBehind()).isEmpty();
        }
    }

    private List<Path> leftBehind() throws IOException {
        try (var files = Files.list(folder.resolve(DibsProcess.TEMPORARY))) {
            return files.filter(file -> file.getFileName().toString().startsWith("dibs-demo-"))
                    .toList();
        }
    }
}
