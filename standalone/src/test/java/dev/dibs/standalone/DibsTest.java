package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DibsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "import",
                "activity",
                "codes",
                "stats",
                "export",
                "redeem",
                "revoke",
                "token",
                "trail",
                "audit",
                "bench"
            })
    void everyCommandExplainsItself(String command) {
        Program program = Program.run(command, "--help");

        assertThat(program.status()).isZero();
        assertThat(program.out()).startsWith("Usage: dibs " + command);
        assertThat(program.err()).isEmpty();
    }

    @Test
    void listsItsCommands() {
        assertThat(Program.run("--help").out()).contains("demo", "up", "import", "stats", "export", "audit", "bench");
    }

    @Test
    void saysItsVersion() {
        assertThat(Program.run("--version").out()).matches("dibs \\d+\\.\\d+\\.\\d+\\S*\\s*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    up --prot 8080                             | --prot
                    up --port many                             | --port
                    up --port 65536                            | --port must be 0 to 65535 but is 65536
                    up --property foo=bar                      | foo is not a setting; their names begin with dibs.
                    up --property rate.grabs=0                 | rate.grabs is not a setting
                    up --property dibs.rate.grab=0             | did you mean dibs.rate.grabs?
                    demo --buyers 0                            | --buyers must be 1 to 1000000 but is 0
                    demo --connections 10001                   | --connections must be 1 to 10000
                    demo --port -1                             | --port must be
                    serve                                      | serve
                    demo --buyers few                          | --buyers
                    import --codes codes.csv                   | --activity
                    stats --follow                             | --activity
                    import --activity a.yaml --starts-in soon  | soon
                    audit --wait 1y                            | 1y
                    eligibility                                | import, check or clear
                    eligibility import --activity a            | --accounts
                    eligibility check                          | --activity
                    activity                                   | create, list
                    activity sell                              | sell
                    activity pause                             | ID
                    activity change a                          | --name
                    activity change a --name b --file c        | --file
                    activity extend a                          | --by
                    activity extend a --until tomorrow --url x | tomorrow
                    codes                                      | import
                    codes import codes.csv                     | --activity
                    export                                     | --activity
                    export --activity a --columns seat         | there are sequence, ticket_id
                    export --activity a --format xlsx          | there are csv, csv.gz, parquet
                    export --activity a --to a.parquet --bom   | --bom
                    export --activity a --to a.xlsx            | --to: '.xlsx' is the ending of no format; there are .csv, .csv.gz, .parquet
                    export --activity a --to a.gz              | there are .csv, .csv.gz, .parquet
                    export --activity a --to a.b/c.parq        | there are .csv, .csv.gz, .parquet
                    export --activity a --wait 61s             | --wait: must be a time from 0s to 60s
                    export --activity a --wait soon            | soon
                    redeem CODE-1                              | --gate
                    redeem --gate north                        | CODE
                    revoke some-ticket                         | --reason
                    token --role gate --for 12h                | --user
                    token --role door --user a --for 12h       | gate, analyst or operator
                    """)
    void aWrongCommandLineIsToldInOneLine(String line, String names) {
        Program program = Program.run(line.strip().split(" "));

        assertThat(program.status()).isEqualTo(2);
        assertThat(program.errorLines()).singleElement().asString().contains(names, "--help");
    }

    @Test
    void noCommandIsAWrongCommandLine() {
        assertThat(Program.run().status()).isEqualTo(2);
    }

    @Test
    void aMissingDataFolderIsToldInOneLine() {
        Program program = Program.run("audit", "--data", folder.resolve("none").toString());

        assertOneLine(program, "no data folder");
    }

    @Test
    void anEmptyDataFolderIsNotAudited() {
        Program program = Program.run("audit", "--data", folder.toString());

        assertOneLine(program, "no dibs has ever kept its data in");
    }

    @Test
    void aDataFolderThatIsAFileIsToldInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertOneLine(Program.run("up", "--data", file.toString(), "--port", "0"), file.toString());
    }

    @Test
    void anUnknownFaultIsAnsweredWithTheOnesThereAre() {
        Program program = Program.run("chaos", "--fault", "earthquake");

        assertOneLine(program, "redis-split-brain");
    }

    @Test
    void aPortInUseIsToldInOneLineAndNothingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program program = Program.run(
                    "up",
                    "--data",
                    folder.resolve("data").toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort()));

            assertOneLine(program, "port " + taken.getLocalPort());
            assertThat(folder.resolve("data/kafka")).doesNotExist();
        }
    }

    @Test
    void aServerThatCannotBeReachedIsToldInOneLine() throws IOException {
        Path activity = Files.writeString(folder.resolve("activity.yaml"), "id: sale\n");
        Path password = Files.writeString(folder.resolve("password"), "secret\n");

        Program program = Program.run(
                "import",
                "--url",
                "http://127.0.0.1:1",
                "--password-file",
                password.toString(),
                "--activity",
                activity.toString());

        assertOneLine(program, "http://127.0.0.1:1 cannot be reached");
    }

    @Test
    void withoutAServerTheImportSaysHowToNameOne() throws IOException {
        Path activity = Files.writeString(folder.resolve("activity.yaml"), "id: sale\n");

        Program program = Program.run("import", "--data", folder.toString(), "--activity", activity.toString());

        assertOneLine(program, "--url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "bench", "chaos", "chaos --overload 1"})
    void aReportThatCannotBeWrittenIsToldBeforeAnythingStarts(String command) {
        String report = folder.resolve("none/report.json").toString();

        Program program = Program.run((command + " --report " + report).split(" "));

        assertOneLine(program, "the report cannot be written to " + report);
        assertThat(program.out()).isEmpty();
    }

    @Test
    void anExampleThatIsNotThereIsToldBeforeAnythingStarts() {
        Program program = Program.run("demo", "--examples", folder.toString());

        assertOneLine(program, folder.resolve("activity.yaml") + " cannot be read: no such file");
        assertThat(program.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"codes import --activity a --url http://127.0.0.1:1 %s", "import --activity %2$s --codes %1$s"})
    void codesThatCannotBeReadTwiceAreRefused(String line) throws IOException {
        Path activity = Files.writeString(folder.resolve("activity.yaml"), "id: sale\n");
        Path device = Path.of("/dev/null");

        Program program = Program.run(line.formatted(device, activity).split(" "));

        assertOneLine(program, device + " is not a regular file");
    }

    @Test
    void aListThatIsNotThereIsToldInOneLine() {
        Path none = folder.resolve("none.csv");

        assertOneLine(
                Program.run(
                        "eligibility",
                        "import",
                        "--url",
                        "http://127.0.0.1:1",
                        "--activity",
                        "a",
                        "--accounts",
                        none.toString()),
                "none.csv cannot be read: no such file");
    }

    @Test
    void aBenchmarkThatFailsSaysWhyAndKeepsItsLogs() {
        Program program = Program.run("bench", "--jvm", "-Xms64m -Xmx32m");

        Matcher kept = Pattern.compile("kept in (\\S+)").matcher(program.err());
        assertThat(kept.find()).as(program.err()).isTrue();
        Path logs = Path.of(kept.group(1));
        try {
            assertOneLine(program, "heap size");
            assertThat(logs.resolve("yardstick.out")).content().contains("heap size");
        } finally {
            Cleanup.remove(logs);
        }
    }

    private static void assertOneLine(Program program, String contains) {
        assertThat(program.status()).isEqualTo(1);
        assertThat(program.errorLines()).singleElement().asString().contains(contains);
        assertThat(program.err()).doesNotContain("Exception", "unexpected");
    }
}
