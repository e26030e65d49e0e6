package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.report.RecordedSale;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report from the topics of a real broker. */
@Timeout(180)
class ReportCommandIT {
    @TempDir
    Path folder;

    @BeforeAll
    static void makeTopics() {
        TestTopics.create();
    }

    @Test
    void writesOneFileFromTheTopicsOfOneActivity() throws Exception {
        ActivityId activity = TestIds.activity("sale");
        RecordedSale.write(activity, "Movie Night");
        RecordedSale.write(TestIds.activity("other"), "Another");
        Path file = folder.resolve("sale.html");

        Program report = report(activity.value(), file);

        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out()).contains(file.toString(), " bytes");
        assertThat(Files.readString(file))
                .contains("Movie Night", "1,000 in stock = 1,000 granted + 0 free + 0 not yet reached.")
                .contains("dibs ", "as of offset 2000 in partition")
                .contains("dibs.activity-stats-per-second-")
                .doesNotContain("Another");
        assertThat(filesOf(folder)).containsExactly(file);
    }

    @Test
    void anUnknownActivityIsAnErrorThatListsThoseThereAre() throws Exception {
        ActivityId activity = TestIds.activity("a-sale");
        RecordedSale.configure(activity, "Movie Night");

        Program report = report("0-no-such", folder.resolve("none.html"));

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.errorLines())
                .singleElement()
                .asString()
                .contains("there is no activity 0-no-such; there is ", activity.value());
        assertThat(filesOf(folder)).isEmpty();
    }

    @Test
    void anActivityOfWhichNothingIsCountedIsAnError() throws Exception {
        ActivityId activity = TestIds.activity("draft");
        RecordedSale.configure(activity, "Movie Night");

        Program report = report(activity.value(), folder.resolve("draft.html"));

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.errorLines()).singleElement().asString().contains("nothing has been counted of " + activity);
        assertThat(filesOf(folder)).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsFoundOutBeforeAnythingIsRead() throws Exception {
        Program report = Program.run(
                "report",
                "--kafka",
                "127.0.0.1:1",
                "--activity",
                "movie-night",
                "--to",
                folder.resolve("no/such/folder.html").toString());

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.errorLines()).singleElement().asString().contains("cannot be written", "folder.html");
    }

    @Test
    void aKafkaThatIsNotThereIsNamed() {
        Program report = Program.run(
                "report",
                "--kafka",
                "127.0.0.1:1",
                "--activity",
                "movie-night",
                "--to",
                folder.resolve("none.html").toString());

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.errorLines()).singleElement().asString().contains("127.0.0.1:1");
    }

    private Program report(String activity, Path file) {
        return Program.run("report", "--kafka", TestServers.kafka(), "--activity", activity, "--to", file.toString());
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
