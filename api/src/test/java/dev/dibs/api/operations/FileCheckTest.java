package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.activity.Activity;
import dev.dibs.ids.TicketKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileCheckTest {
    private static final Activity ONE_KIND =
            ActivityDocumentTest.sound(ActivityDocumentTest.SOUND, DocumentFormat.YAML);
    private static final Activity TWO_KINDS = ActivityDocumentTest.sound(
            ActivityDocumentTest.SOUND + "  - {kind: premium, name: P, start_time: 1, end_time: 2}\n",
            DocumentFormat.YAML);
    private static final String MALFORMED =
            "is not CSV: a quotation does not end, something follows its end, or a field is far too long; the rows"
                    + " behind it were not looked at";

    @TempDir
    Path folder;

    static Stream<Arguments> sound() {
        return Stream.of(
                Arguments.of("code,ticket\nA,standard\nB,premium\n", 2, "mixed"),
                Arguments.of("ticket,code\r\nstandard,A\r\nstandard,B\r\n", 2, "standard"),
                Arguments.of("\uFEFFcode,ticket\nA,premium", 1, "premium"),
                Arguments.of("code,ticket\n\n\"A,\"\"1\"\"\",premium\n\n\n", 1, "premium"),
                Arguments.of("code,ticket\n" + "x".repeat(128) + ",premium\n", 1, "premium"),
                Arguments.of("code,ticket\n券码-001 ünï,premium\n=1+1,premium\n", 2, "premium"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void takes(String csv, int codes, String kind) throws IOException {
        CheckedFile checked = check(csv, TWO_KINDS);

        assertThat(checked.bad().first()).isEmpty();
        assertThat(checked.codes().size()).isEqualTo(codes);
        assertThat(checked.kind()).isEqualTo(new TicketKind(kind));
    }

    @Test
    void theTicketMayBeMissingWhereThereIsOneKind() throws IOException {
        CheckedFile checked = check("code\nA\nB\n", ONE_KIND);

        assertThat(checked.bad().count()).isZero();
        assertThat(checked.kind()).isEqualTo(new TicketKind("standard"));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("", List.of("1::the file is empty; it must begin with 'code,ticket'")),
                Arguments.of("code,ticket\n", List.of("1::there are no codes behind the header")),
                Arguments.of(
                        "code\nA\n",
                        List.of("1:ticket:the header must name this column: the activity has several" + " tickets")),
                Arguments.of(
                        "SECRET1,standard\nSECRET2,standard\n",
                        List.of(
                                "1::column 1: the header may only name 'code' and 'ticket'",
                                "1::column 2: the header may only name 'code' and 'ticket'",
                                "1:code:the header must name this column")),
                Arguments.of(
                        "code;ticket\nA;standard\n",
                        List.of(
                                "1::column 1: the header may only name 'code' and 'ticket'",
                                "1:code:the header must name this column")),
                Arguments.of("code,code\nA,B\n", List.of("1:code:the header names this column twice")),
                Arguments.of("code,ticket\n,standard\n", List.of("2:code:must not be empty")),
                Arguments.of(
                        "code,ticket\n A,standard\nB\u00a0,standard\n",
                        List.of(
                                "2:code:must not begin or end with a blank",
                                "3:code:must not begin or end with a blank")),
                Arguments.of(
                        "code,ticket\nA\u0000B,standard\nC\u200bD,standard\n\"E\nF\",standard\nG,other\n",
                        List.of(
                                "2:code:must hold printable characters only",
                                "3:code:must hold printable characters only",
                                "4:code:must hold printable characters only",
                                "6:ticket:must be one of standard, premium")),
                Arguments.of(
                        "code,ticket\n" + "x".repeat(129) + ",standard\n",
                        List.of("2:code:must have at most 128 characters")),
                Arguments.of(
                        "code,ticket\n,nothing\nA\nB,standard,x\n",
                        List.of(
                                "2:code:must not be empty",
                                "2:ticket:must be one of standard, premium",
                                "3::has 1 fields, the header has 2",
                                "4::has 3 fields, the header has 2")),
                Arguments.of(
                        "code,ticket\nA,standard\n\nB,standard\nA,premium\nA,standard\n",
                        List.of("5:code:is the code of row 2 already", "6:code:is the code of row 2 already")),
                Arguments.of("code,ticket\nA,standard\n\"B\"C,standard\nD,standard\n", List.of("3::" + MALFORMED)),
                Arguments.of(
                        "code,ticket\n,standard\n\"B,standard\n",
                        List.of("2:code:must not be empty", "3::" + MALFORMED)),
                Arguments.of("code,ticket\n" + "y".repeat(70_000) + ",standard\n", List.of("2::" + MALFORMED)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void namesEveryBadRow(String csv, List<String> expected) throws IOException {
        CheckedFile checked = check(csv, TWO_KINDS);

        assertThat(checked.bad().first())
                .extracting(bad -> bad.row() + ":" + bad.column() + ":" + bad.message())
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code,ticket;A,standard;B,standard;C\u00e4,standard;D,standard | 4:code
            code,ticket;A,standard;\u00e4,standard                       | 3:code
            code,ticket;\u00e4A,gold;B,gold                              | 2:code 3:ticket
            code,ticket;A,gold;B,premi\u00fcm;C,gold                     | 2:ticket 3:ticket 4:ticket
            c\u00f6de,ticket;A,standard                                  | 1: 1:code
            """)
    void bytesThatAreNotUtf8AreNamedByRowAndHideNoOther(String rows, String expected) throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Path file = Files.write(
                    folder.resolve("latin1.csv"), rows.replace(";", end).getBytes(StandardCharsets.ISO_8859_1));

            CheckedFile checked = FileCheck.check(file, TWO_KINDS, 10, progress());

            assertThat(checked.bad().first())
                    .extracting(bad -> bad.row() + ":" + bad.column())
                    .containsExactly(expected.split(" "));
            assertThat(checked.bad().first()).extracting(BadRow::message).anyMatch(m -> m.endsWith("is not UTF-8"));
        }
    }

    @Test
    void whatIsUtf8StaysWhatItIs() throws IOException {
        CheckedFile checked = check("code,ticket\nA-\u7968-\u00e4,standard\nA-\u7968-\u00e4,premium\n", TWO_KINDS);

        assertThat(checked.bad().first()).containsExactly(new BadRow(3, "code", "is the code of row 2 already"));
    }

    @Test
    void allBadRowsAreCountedAndTheFirstHundredListed() throws IOException {
        StringBuilder csv = new StringBuilder("code,ticket\n");
        for (int i = 0; i < 250; i++) {
            csv.append(",nothing\n");
        }

        BadRows bad = check(csv.toString(), TWO_KINDS).bad();

        assertThat(bad.count()).isEqualTo(250);
        assertThat(bad.first())
                .as("both faults of each")
                .hasSize(200)
                .extracting(BadRow::row)
                .endsWith(100L, 100L, 101L, 101L);
    }

    @Test
    void aHeaderOfManyWrongNamesIsOneBadRowAndNotToldInFull() throws IOException {
        BadRows bad = check("x,".repeat(5_000) + "\nA,standard\n", TWO_KINDS).bad();

        assertThat(bad.count()).isOne();
        assertThat(bad.first()).hasSize(BadRows.LISTED_FAULTS);
    }

    @Test
    void ofTwoPassesTheFirstHundredRowsOfBothAreListed() {
        BadRows odd = new BadRows();
        BadRows even = new BadRows();
        for (int row = 1; row < 200; row += 2) {
            odd.add(row, "code", "a");
            odd.add(row, "ticket", "b");
            even.add(row + 1, "code", "c");
        }

        odd.addAll(even);

        assertThat(odd.count()).isEqualTo(200);
        assertThat(odd.first())
                .hasSize(150)
                .extracting(BadRow::row)
                .startsWith(1L, 1L, 2L)
                .endsWith(99L, 99L, 100L);
    }

    @Test
    void tooManyRowsAreTooMuch() {
        assertThatThrownBy(() -> FileCheck.check(write("code\nA\nB\nC\n"), ONE_KIND, 2, progress()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status().value()).isEqualTo(413));
    }

    @Test
    void aMillionCodesAreRememberedExactly() {
        CodeFingerprints codes = new CodeFingerprints();
        for (int i = 0; i < 1_000_000; i++) {
            codes.add("code-" + i, i + 2);
        }

        assertThat(codes.add("code-777777", 5)).isEqualTo(777_779);
        assertThat(codes.add("another", 6)).isEqualTo(-1);
        assertThat(codes.size()).isEqualTo(1_000_001);
        // printf 'code-0' | sha256sum | cut -c1-32
        assertThat(codes.text(0)).isEqualTo("a5a4cec6c907cf0c8c0f63980dc4e3a3");
    }

    @Test
    void theExampleIsSound() throws IOException {
        Activity example = ActivityDocumentTest.sound(
                Files.readString(Path.of("../examples/movie-night/activity.yaml")), DocumentFormat.YAML);

        CheckedFile checked =
                FileCheck.check(Path.of("../examples/movie-night/codes.csv"), example, 1_000_000, progress());

        assertThat(checked.bad().first()).isEmpty();
        assertThat(checked.codes().size()).isEqualTo(500);
        assertThat(checked.kind()).isEqualTo(TicketKind.MIXED);
    }

    private CheckedFile check(String csv, Activity activity) throws IOException {
        return FileCheck.check(write(csv), activity, 1_000_000, progress());
    }

    private Path write(String csv) throws IOException {
        return Files.writeString(folder.resolve("codes.csv"), csv);
    }

    private static ImportProgress progress() {
        return new ImportProgress(
                "job", new dev.dibs.ids.ActivityId("a"), ImportJob.UNKNOWN, java.time.Clock.systemUTC());
    }
}
