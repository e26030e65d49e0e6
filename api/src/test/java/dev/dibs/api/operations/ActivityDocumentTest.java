package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityDocumentTest {
    static final String SOUND = """
            id: movie-night
            name: Movie Night
            desc: 500 seats
            image: https://example.com/a.jpg
            start_time: 2026-12-01T20:00:00+08:00
            end_time: 1796130000
            limit_per_user: 2
            required_role: member
            tickets:
              - kind: standard
                name: Standard seat
                desc: a seat
                image: ""
                start_time: 2026-12-01T20:00:00+08:00
                end_time: 2026-12-02T20:00:00Z
            """;

    private static final String ENTRY = """
            required_claim:
              name: department
              value: sales
            gate:
              grab_ticket: true
              grab_ticket_seconds: 90
              proof_of_work_bits: 16
            """;

    @Test
    void readsEveryFieldOfYaml() {
        Activity activity = sound(SOUND, DocumentFormat.YAML);

        assertThat(activity.activityId().value()).isEqualTo("movie-night");
        assertThat(activity.name()).isEqualTo("Movie Night");
        assertThat(activity.description()).isEqualTo("500 seats");
        assertThat(activity.image()).isEqualTo("https://example.com/a.jpg");
        assertThat(activity.startTime()).isEqualTo(1796126400);
        assertThat(activity.endTime()).isEqualTo(1796130000);
        assertThat(activity.limitPerUser()).isEqualTo(2);
        assertThat(activity.requiredRole()).isEqualTo("member");
        assertThat(activity.state()).isEqualTo(ActivityState.DRAFT);
        assertThat(activity.version()).isOne();
        assertThat(activity.tickets()).hasSize(1);
        assertThat(activity.tickets().get(0).kind().value()).isEqualTo("standard");
        assertThat(activity.tickets().get(0).endTime()).isEqualTo(1796241600);
    }

    @Test
    void readsTheSameFromJson() {
        String json = """
                {"id": "movie-night", "name": "Movie Night", "desc": "500 seats",
                 "image": "https://example.com/a.jpg", "start_time": 1796126400,
                 "end_time": "2026-12-01T13:00:00Z", "limit_per_user": 2, "required_role": "member",
                 "tickets": [{"kind": "standard", "name": "Standard seat", "desc": "a seat", "image": "",
                   "start_time": 1796126400, "end_time": 1796241600}]}
                """;

        assertThat(sound(json, DocumentFormat.JSON)).isEqualTo(sound(SOUND, DocumentFormat.YAML));
    }

    @Test
    void whatMayBeMissingHasItsDefault() {
        String shortest = """
                id: a
                name: A
                desc:
                start_time: 1
                end_time: 2
                tickets: [{kind: k, name: K, start_time: 1, end_time: 2}]
                """;

        Activity activity = sound(shortest, DocumentFormat.YAML);

        assertThat(activity.description()).isEmpty();
        assertThat(activity.image()).isEmpty();
        assertThat(activity.limitPerUser()).isOne();
        assertThat(activity.requiredRole()).isEmpty();
    }

    @Test
    void tellsEveryFaultAtOnceAndWhereItStands() {
        String faulty = """
                id: "not allowed!"
                nmae: Movie Night
                start_time: 2026-12-01 20:00
                end_time: true
                limit_per_user: 0
                tickets:
                  - kind: standard
                    name: 12
                    start_time: 20
                    end_time: 10
                  - kind: standard
                    name: ok
                    start_time: 1
                    end_time: 2
                    seats: 5
                """;

        assertThat(faults(faulty, DocumentFormat.YAML))
                .extracting(Fault::toString)
                .containsExactlyInAnyOrder(
                        "id: activity id must start with a letter or digit and hold only letters, digits and . _ @ -"
                                + " (line 1, column 5)",
                        "name: is missing (line 1, column 1)",
                        "nmae: is not known here (line 2, column 7)",
                        "start_time: must be epoch seconds or ISO-8601 with seconds and offset, such as"
                                + " 2026-12-01T20:00:00+08:00 (line 3, column 13)",
                        "end_time: must be epoch seconds or ISO-8601 with seconds and offset, such as"
                                + " 2026-12-01T20:00:00+08:00, but is true or false (line 4, column 11)",
                        "limit_per_user: limit_per_user must be 1 to 100 (line 5, column 17)",
                        "tickets[0].name: must be a text but is a number; put it in quotes (line 8, column 11)",
                        "tickets[0].end_time: end_time must be epoch seconds after start_time and at most"
                                + " 32503680000 (line 10, column 15)",
                        "tickets[1].kind: is the kind of an earlier ticket already (line 11, column 11)",
                        "tickets[1].seats: is not known here (line 15, column 12)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: Movie Night          | name: ''                       | name: name must not be empty
                    name: Movie Night          | name: [a, b]                   | name: must be a text but is a list
                    name: Movie Night          | name: *anchor                  | name: must be a text but is an alias
                    name: Movie Night          | name: !secret x                | name: must be a text but is a tagged value
                    name: Movie Night          | name:                          | name: must not be empty
                    end_time: 1796130000       | end_time: 17961300000000       | end_time: end_time must be epoch seconds
                    end_time: 1796130000       | end_time: 99999999999999999999 | end_time: must be epoch seconds or ISO-8601
                    end_time: 1796130000       | end_time: -1                   | end_time: end_time must be epoch seconds after
                    end_time: 1796130000       | end_time: 2026-12-01T20:00:00  | end_time: must be epoch seconds or ISO-8601
                    end_time: 1796130000       | end_time: 2026-12-01           | end_time: must be epoch seconds or ISO-8601
                    end_time: 1796130000       | end_time: 2026-12-01T20:00:00.5Z | end_time: must be a whole second
                    limit_per_user: 2          | limit_per_user: 1.5            | limit_per_user: must be a whole number but is a fraction
                    limit_per_user: 2          | limit_per_user: '2'            | limit_per_user: must be a whole number but is a text
                    limit_per_user: 2          | limit_per_user: 4294967297     | limit_per_user: must be a whole number of at most 32 bits
                    required_role: member      | required_role: ' x'            | required_role: must have at most 64 characters
                    kind: standard             | kind: mixed                    | tickets[0].kind: kind must not be 'mixed', which is reserved
                    kind: standard             | kind: a b                      | tickets[0].kind: ticket kind must start with
                    id: movie-night            | name: twice                    | name: is given twice
                    """)
    void namesTheFaultOf(String sound, String faulty, String expected) {
        List<Fault> faults = faults(SOUND.replace(sound, faulty), DocumentFormat.YAML);

        assertThat(faults).extracting(Fault::toString).anyMatch(fault -> fault.startsWith(expected));
    }

    @ParameterizedTest
    @CsvSource({"-1", "32503680001", "9223372036854775807", "-9223372036854775808"})
    void aStartThatCannotBeIsAFaultOfTheStartAlone(String start) {
        List<Fault> faults = faults(
                SOUND.replace("start_time: 2026-12-01T20:00:00+08:00\nend", "start_time: " + start + "\nend"),
                DocumentFormat.YAML);

        assertThat(faults).extracting(Fault::field).containsExactly("start_time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "- a\n- b\n", "text", "12"})
    void aDocumentThatIsNoGroupOfFieldsIsRefused(String text) {
        assertThat(faults(text, DocumentFormat.YAML)).hasSize(1);
    }

    @Test
    void saysWhereYamlIsBroken() {
        assertThat(faults("id: a\nname: b: c\n", DocumentFormat.YAML))
                .extracting(Fault::message)
                .containsExactly("the document is not YAML: mapping values are not allowed here (line 2, column 8)");
    }

    @Test
    void saysWhereJsonIsBroken() {
        assertThat(faults("{\"id\": \"a\",\n \"name\": }", DocumentFormat.JSON))
                .extracting(Fault::message)
                .containsExactly("the document is not JSON: Unexpected character ('}' (code 125)): expected a value"
                        + " (line 2, column 10)");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(faults(SOUND + "---\nid: b\n", DocumentFormat.YAML))
                .extracting(Fault::message)
                .containsExactly("there must be one document, and a second begins at line 17, column 1");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] latin1 = "name: \u00e4".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ActivityDocument.read(latin1, DocumentFormat.YAML))
                .isEqualTo(new Reading.Faulty<>(List.of(new Fault("", "the document is not UTF-8"))));
    }

    @Test
    void deepNestingIsAFaultAndNoStackOverflow() {
        String deep = "{\"id\": " + "[".repeat(400) + "]".repeat(400) + "}";

        assertThat(faults(deep, DocumentFormat.JSON)).extracting(Fault::field).contains("id");
    }

    @Test
    void thereMustBeTicketsAndNotTooMany() {
        String ticket = "{kind: k%d, name: K, start_time: 1, end_time: 2}";
        String many = String.join(
                ", ",
                java.util.stream.IntStream.range(0, 51)
                        .mapToObj(ticket::formatted)
                        .toList());
        String head = SOUND.substring(0, SOUND.indexOf("tickets:"));

        assertThat(faults(head + "tickets: []", DocumentFormat.YAML).get(0).message())
                .startsWith("must list 1 to 50 kinds");
        assertThat(faults(head + "tickets: [" + many + "]", DocumentFormat.YAML)
                        .get(0)
                        .message())
                .startsWith("must list 1 to 50 kinds");
    }

    @Test
    void rendersTheFieldsThatItReads() {
        Activity activity = sound(SOUND, DocumentFormat.YAML);

        assertThat(ActivityDocument.render(activity).keySet())
                .containsExactly(
                        "id",
                        "name",
                        "desc",
                        "image",
                        "start_time",
                        "end_time",
                        "limit_per_user",
                        "required_role",
                        "required_claim",
                        "eligibility_list",
                        "gate",
                        "tickets",
                        "state",
                        "version");
        assertThat(ActivityDocument.render(activity)).containsEntry("state", "DRAFT");
    }

    @Test
    void readsWhoMayTakePartAndWhatTheyHaveToBringAlong() {
        Activity activity = sound(SOUND + ENTRY, DocumentFormat.YAML);

        assertThat(activity.entry())
                .isEqualTo(new Entry(Optional.of(new RequiredClaim("department", "sales")), "", new Gate(90, 16)));
        assertThat(sound(SOUND, DocumentFormat.YAML).entry()).isEqualTo(Entry.OPEN);
        assertThat(sound(SOUND + "gate: {grab_ticket: true}", DocumentFormat.YAML)
                        .entry()
                        .gate())
                .isEqualTo(new Gate(60, 0));
        assertThat(sound(SOUND + "gate: {grab_ticket: false}", DocumentFormat.YAML)
                        .entry()
                        .gate())
                .isEqualTo(Gate.OPEN);
        assertThat(ActivityDocument.render(activity))
                .containsEntry("required_claim", Map.of("name", "department", "value", "sales"))
                .containsEntry(
                        "gate", Map.of("grab_ticket", true, "grab_ticket_seconds", 90, "proof_of_work_bits", 16));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name: department        | name: roles            | required_claim.name: name must not be 'roles'
                    name: department        | name: ''               | required_claim.name: name must have 1 to 64
                    name: department        | names: department      | required_claim.name: is missing
                    name: department        | names: department      | required_claim.names: is not known here
                    value: sales            | value: 7               | required_claim.value: must be a text
                    grab_ticket: true       | grab_ticket: 'yes'     | gate.grab_ticket: must be true or false but is a text
                    grab_ticket: true       | grab_ticket: false     | gate.proof_of_work_bits: needs grab_ticket: true
                    grab_ticket_seconds: 90 | grab_ticket_seconds: 9 | gate.grab_ticket_seconds: grab_ticket_seconds must be 10 to 600
                    grab_ticket_seconds: 90 | grab_ticket_seconds: 0 | gate.grab_ticket_seconds: grab_ticket_seconds must be 10 to 600
                    proof_of_work_bits: 16  | proof_of_work_bits: 25 | gate.proof_of_work_bits: proof_of_work_bits must be 0 to 24
                    proof_of_work_bits: 16  | proof_of_work_bits: -1 | gate.proof_of_work_bits: proof_of_work_bits must be 0 to 24
                    proof_of_work_bits: 16  | proof: 16              | gate.proof: is not known here
                    """)
    void namesTheFaultOfTheEntry(String sound, String faulty, String expected) {
        assertThat(faults(SOUND + ENTRY.replace(sound, faulty), DocumentFormat.YAML))
                .extracting(Fault::toString)
                .anyMatch(fault -> fault.startsWith(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate: yes", "gate: []", "required_claim: sales"})
    void anEntryThatIsNoGroupOfFieldsIsAFault(String entry) {
        assertThat(faults(SOUND + entry, DocumentFormat.YAML))
                .extracting(Fault::message)
                .allMatch(message -> message.startsWith("must be a group of fields"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "100, true", "0, false", "101, false", "-1, false"})
    void aLimitPerUserIsOneToAHundred(int limit, boolean sound) {
        byte[] text =
                SOUND.replace("limit_per_user: 2", "limit_per_user: " + limit).getBytes(StandardCharsets.UTF_8);

        assertThat(ActivityDocument.read(text, DocumentFormat.YAML) instanceof Reading.Sound)
                .isEqualTo(sound);
    }

    @Test
    void theExampleIsSound() throws IOException {
        byte[] example = Files.readAllBytes(Path.of("../examples/movie-night/activity.yaml"));

        assertThat(ActivityDocument.read(example, DocumentFormat.YAML)).isInstanceOf(Reading.Sound.class);
    }

    static Activity sound(String text, DocumentFormat format) {
        Reading<Activity> reading = ActivityDocument.read(text.getBytes(StandardCharsets.UTF_8), format);
        assertThat(reading).isInstanceOf(Reading.Sound.class);
        return ((Reading.Sound<Activity>) reading).value();
    }

    private static List<Fault> faults(String text, DocumentFormat format) {
        Reading<Activity> reading = ActivityDocument.read(text.getBytes(StandardCharsets.UTF_8), format);
        assertThat(reading).isInstanceOf(Reading.Faulty.class);
        return ((Reading.Faulty<Activity>) reading).faults();
    }
}
