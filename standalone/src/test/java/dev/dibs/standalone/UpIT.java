package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "movie-night");
    private static final String ACCOUNT = "{\"account\":\"ada-lovelace\",\"password\":\"Analytical-Engine-1843\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        Path data = folder.resolve("data");
        String ticket;
        String password;
        List<ProcessHandle> children;

        // Given an activity on sale, an account, and a ticket
        try (DibsProcess first = up(data)) {
            password = first.told("password");
            assertThat(importExample(data, "--publish", "--starts-in", "0s", "--lasts", "30m")
                            .status())
                    .isZero();
            URI url = URI.create(first.told("Dibs is up:"));
            String token = awaitRet(0, () -> post(url.resolve("/user/register"), ACCOUNT))
                    .path("data")
                    .path("token")
                    .asString();
            ticket = awaitRet(0, () -> get(url.resolve("/ticket/get?actId=movie-night&requestId=r1"), token))
                    .path("data")
                    .path("id")
                    .asString();
            assertThat(ticket).isNotEmpty();
            children = first.children();

            // When it is stopped and started again
            first.signal();
            first.awaitEnd();
            assertThat(first.err()).isEmpty();
        }
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        Program audit = Program.run("audit", "--data", data.toString());
        assertThat(audit.status()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).contains("Everything holds.");
        // … while a misspelt activity is no success: nothing was compared
        Program misspelt = Program.run("audit", "--data", data.toString(), "--activity", "movie-nigth");
        assertThat(misspelt.status()).isEqualTo(1);
        assertThat(misspelt.errorLines())
                .singleElement()
                .asString()
                .contains("there is no activity movie-nigth; there is movie-night");

        try (DibsProcess second = up(data)) {
            // Then the password is not shown again, and account, activity and ticket are there
            assertThat(second.out()).doesNotContain(password).contains("secrets.properties");
            URI url = URI.create(second.told("Dibs is up:"));
            String token = awaitRet(0, () -> post(url.resolve("/user/login"), ACCOUNT))
                    .path("data")
                    .path("token")
                    .asString();
            JsonNode again = awaitRet(0, () -> get(url.resolve("/ticket/get?actId=movie-night&requestId=r1"), token));
            assertThat(again.path("data").path("id").asString()).isEqualTo(ticket);
            JsonNode list = awaitRet(0, () -> get(url.resolve("/ticket/list"), token));
            assertThat(list.path("data").path("list").path(0).path("id").asString())
                    .isEqualTo(ticket);
            // … and the old password still opens the operators' door
            Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
            Path results = folder.resolve("results.csv");
            Program export = Program.run(
                    "export",
                    "--url",
                    url.toString(),
                    "--password-file",
                    passwordFile.toString(),
                    "--activity",
                    "movie-night",
                    "--to",
                    results.toString());
            assertThat(export.status()).as(export.err()).isZero();
            assertThat(Files.readAllLines(results)).hasSize(2).last().asString().contains(ticket);
            assertThat(Program.run("audit", "--data", data.toString(), "--csv", results.toString())
                            .status())
                    .isZero();
            // … and the code opens the door once
            String code = awaitRet(0, () -> get(url.resolve("/ticket/detail?ticketId=" + ticket), token))
                    .path("data")
                    .path("code")
                    .asString();
            Program letIn = Program.run("redeem", code, "--gate", "north-1", "--data", data.toString());
            Program pressedAgain = Program.run("redeem", code, "--gate", "north-2", "--data", data.toString());
            Program revoked = Program.run("revoke", ticket, "--reason", "too late", "--data", data.toString());
            assertThat(letIn.status()).as(letIn.err()).isZero();
            assertThat(letIn.out()).contains("let in", ticket);
            assertThat(List.of(pressedAgain, revoked)).allSatisfy(late -> {
                assertThat(late.status()).isEqualTo(1);
                assertThat(late.errorLines()).singleElement().asString().contains("north-1");
            });
            // … and all of that is in the trail, and so are the logins
            Program trail = Program.run("trail", "--data", data.toString());
            assertThat(trail.status()).as(trail.err()).isZero();
            assertThat(trail.out())
                    .contains("POST /admin/tickets/redeem  movie-night  " + ticket + "  done")
                    .contains("POST /admin/tickets/{ticketId}/revoke  movie-night  " + ticket + "  already-redeemed")
                    .contains("POST /admin/activities/{id}/publish  movie-night  done", "POST /user/login  admin  done")
                    .doesNotContain(code, password, "no outcome");
            Program resealed = Program.run("rebuild", "codes", "--data", data.toString());
            assertThat(resealed.status()).as(resealed.out() + resealed.err()).isZero();
        }
    }

    @Test
    void aFolderInUseIsRefusedAndBadFilesAreNotImported() throws Exception {
        Path data = folder.resolve("data");
        try (DibsProcess first = up(data)) {
            // A folder in use
            try (DibsProcess second = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")) {
                assertThat(second.awaitEnd()).isEqualTo(1);
                assertThat(second.err().lines()).singleElement().asString().contains("in use", data.toString());
            }

            // Codes with bad rows: all are listed, none is imported
            Path bad = Files.writeString(folder.resolve("bad.csv"), "code,ticket\nA-1,seat\n,seat\nA-2,no-such-kind\n");
            Program refused = Program.run(
                    "import",
                    "--data",
                    data.toString(),
                    "--activity",
                    EXAMPLE.resolve("activity.yaml").toString(),
                    "--codes",
                    bad.toString());
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("bad.csv", "row 3", "row 4").doesNotContain("Exception");

            // An activity with faults: they are told by the lines of the file, also where it gets another window
            Path faulty = Files.writeString(folder.resolve("faulty.yaml"), """
                    id: faulty
                    name: Faulty
                    start_time: 2027-01-31T20:00:00+01:00
                    end_time: 2027-01-31T21:00:00+01:00
                    tickets:
                      - kind: seat
                        name: Seat
                        start_time: soon
                        end_time: 1800000000
                        end_time: 1900000000
                    """);
            Program told = Program.run(
                    "import",
                    "--data",
                    data.toString(),
                    "--activity",
                    faulty.toString(),
                    "--starts-in",
                    "10s",
                    "--lasts",
                    "10m");
            assertThat(told.status()).isEqualTo(1);
            assertThat(told.err())
                    .contains("faulty.yaml", "tickets[0].start_time", "(line 8, column 17)")
                    .contains("tickets[0].end_time: is given twice (line 10, column 5)");

            // The good files, twice: the second time adds nothing
            Program once = importExample(data);
            Program twice = importExample(data);
            assertThat(once.out()).as(once.err()).contains("500 imported", "numbers 0 to 499");
            assertThat(twice.status()).as(twice.err()).isZero();
            assertThat(twice.out()).contains("nothing new");

            // Who may take part: a list, what it says, and everyone again
            Path accounts = Files.writeString(folder.resolve("accounts.csv"), "account\nanna\nberta\nanna\n");
            Path badAccounts = Files.writeString(folder.resolve("bad-accounts.csv"), "account\nfine\nnot fine\n");
            assertThat(eligibility(data, "import", "--accounts", accounts.toString())
                            .out())
                    .contains("1 of 3 rows name an account again", "2 accounts may take part");
            assertThat(eligibility(data, "import", "--accounts", accounts.toString())
                            .out())
                    .contains("nothing new");
            assertThat(eligibility(data, "import", "--accounts", badAccounts.toString())
                            .err())
                    .contains("bad-accounts.csv", "row 3")
                    .doesNotContain("not fine");
            Program listed = eligibility(data, "check", "--account", "berta");
            assertThat(listed.out()).contains("berta may take part");
            assertThat(listed.status()).isZero();
            assertThat(eligibility(data, "check", "--account", "fine").status()).isOne();
            assertThat(eligibility(data, "clear").out()).contains("everyone may take part");

            blocksAreAddedListedAndRemoved(data);

            first.signal();
            first.awaitEnd();
        }
    }

    @Test
    void aWrongPropertyOfTheApiIsToldOnce() throws Exception {
        Path data = folder.resolve("data");
        try (DibsProcess dibs = DibsProcess.start(
                folder, "up", "--data", data.toString(), "--port", "0", "--property", "dibs.grab.max-in-flight=0")) {

            assertThat(dibs.awaitEnd()).isEqualTo(1);

            assertThat(dibs.err().lines()).singleElement().asString().contains("dibs.grab.max-in-flight");
            assertThat(data.resolve("dibs.log")).content().contains("The API cannot start: dibs.grab.max-in-flight");
        }
    }

    private static Program eligibility(Path data, String command, String... more) {
        List<String> args = new java.util.ArrayList<>(
                List.of("eligibility", command, "--data", data.toString(), "--activity", "movie-night"));
        args.addAll(List.of(more));
        return Program.run(args.toArray(String[]::new));
    }

    private static void blocksAreAddedListedAndRemoved(Path data) throws Exception {
        Program none = block(data, "list");
        assertThat(none.out()).as(none.err()).contains("Nobody is blocked.");

        Program added = block(data, "add", "--user", "mallory", "--for", "2h", "--reason", "a script");
        assertThat(added.status()).as(added.err()).isZero();
        assertThat(block(data, "add", "--address", "203.0.113.9").status()).isZero();
        String list = block(data, "list").out();
        assertThat(list).contains("user mallory until ", "by operator admin: a script", "address-hash ");
        assertThat(list).doesNotContain("203.0.113.9");

        assertThat(block(data, "remove", "--user", "mallory").status()).isZero();
        assertThat(block(data, "remove", "--address", "203.0.113.9").status()).isZero();
        assertThat(block(data, "list").out()).contains("Nobody is blocked.");
        Program again = block(data, "remove", "--user", "mallory");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("not blocked").doesNotContain("Exception");
        assertThat(block(data, "add").status()).isEqualTo(2);
    }

    private static Program block(Path data, String action, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("block", action, "--data", data.toString()));
        arguments.addAll(List.of(more));
        return Program.run(arguments.toArray(String[]::new));
    }

    private DibsProcess up(Path data) throws Exception {
        return DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp();
    }

    private static Program importExample(Path data, String... more) {
        List<String> args = new java.util.ArrayList<>(List.of(
                "import",
                "--data",
                data.toString(),
                "--activity",
                EXAMPLE.resolve("activity.yaml").toString(),
                "--codes",
                EXAMPLE.resolve("codes.csv").toString()));
        args.addAll(List.of(more));
        return Program.run(args.toArray(String[]::new));
    }

    private interface Call {
        JsonNode send() throws Exception;
    }

    /** A freshly started or published sale may ask for a moment's patience. */
    private static JsonNode awaitRet(int ret, Call call) {
        return await().atMost(Duration.ofSeconds(60))
                // No faster than a user may call.
                .pollInterval(Duration.ofMillis(500))
                .pollDelay(Duration.ZERO)
                .until(call::send, answer -> answer.path("ret").asInt(Integer.MIN_VALUE) == ret);
    }

    private JsonNode get(URI uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode post(URI uri, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
