package dev.dibs.standalone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ActivityFileTest {
    private static final String YAML = """
            id: sale   # a comment
            name: "Sale"
            start_time: 2027-01-31T20:00:00+01:00
            end_time: 2027-01-31T21:00:00+01:00
            tickets:
              - kind: seat
            """;

    @TempDir
    Path folder;

    @Test
    void isSentAsItIs() throws IOException {
        ActivityFile file = ActivityFile.read(yaml(YAML));

        assertThat(file.id()).isEqualTo("sale");
        assertThat(file.contentType()).isEqualTo("application/yaml");
        assertThat(file.content()).asString(StandardCharsets.UTF_8).isEqualTo(YAML);
    }

    @Test
    void anotherWindowKeepsTheRest() throws IOException {
        ActivityFile file = ActivityFile.read(
                yaml(YAML), Optional.of(Instant.ofEpochSecond(1_000)), Optional.of(Duration.ofMinutes(2)));

        assertThat(file.id()).isEqualTo("sale");
        assertThat(file.contentType()).isEqualTo("application/yaml");
        String blanks = " ".repeat("2027-01-31T20:00:00+01:00".length() - 4);
        assertThat(file.content())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(YAML.replace("2027-01-31T20:00:00+01:00", "1000" + blanks)
                        .replace("2027-01-31T21:00:00+01:00", "1120" + blanks));
        JsonNode activity = new YAMLMapper().readTree(file.content());
        assertThat(activity.path("start_time").asLong()).isEqualTo(1_000);
        assertThat(activity.path("end_time").asLong()).isEqualTo(1_120);
    }

    @Test
    void aLengthAloneCountsFromTheStartInTheFile() throws IOException {
        ActivityFile file = ActivityFile.read(yaml(YAML), Optional.empty(), Optional.of(Duration.ofSeconds(5)));

        JsonNode activity = new YAMLMapper().readTree(file.content());
        long start = Instant.parse("2027-01-31T19:00:00Z").getEpochSecond();
        assertThat(activity.path("start_time").asString()).isEqualTo("2027-01-31T20:00:00+01:00");
        assertThat(activity.path("end_time").asLong()).isEqualTo(start + 5);
    }

    @Test
    void anotherWindowOfWhatIsNoTimeIsToldByFileAndLine() throws IOException {
        Path file = yaml("id: sale\nstart_time:\n  - 1\n");

        assertThatThrownBy(() -> ActivityFile.read(file, Optional.of(Instant.EPOCH), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(file + ", line 3: start_time must be ");
    }

    @Test
    void anotherWindowOfBytesThatAreNoTextIsRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("latin1.yaml"), "id: sale\nname: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ActivityFile.read(file, Optional.of(Instant.EPOCH), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void malformedYamlIsNamedWithFileLineAndColumn() throws IOException {
        Path file = yaml("id: sale\nname: \"never closed\nend: 1\n");

        assertThatThrownBy(() -> ActivityFile.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll(file.toString(), "line ", "column ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void whatIsNoActivityIsRefused() throws IOException {
        Path list = yaml("- 1\n- 2\n");

        assertThatThrownBy(() -> ActivityFile.read(list))
                .isInstanceOf(ProblemException.class)
                .hasMessage(list + ": the document must be a group of fields but is a list");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `id: a\n\tname: b\n`     | found character '\\t(TAB)'
            `id: !!tag [x]\n`         | id: must be a text but is a tagged value
            ``                        | the document is empty
            `id: ''\n`                | id:
            """)
    void whatIsWrongIsToldAsTheServerWould(String text, String told) throws IOException {
        Path file = yaml(text.replace("\\n", "\n").replace("\\t", "\t"));

        assertThatThrownBy(() -> ActivityFile.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(told)
                .message()
                .doesNotContain("\n", "Exception");
    }

    @Test
    void bytesThatAreNoTextAreToldSo() throws IOException {
        Path file = Files.write(
                folder.resolve("latin1.yaml"), "id: sale\nname: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ActivityFile.read(file)).hasMessage(file + ": the document is not UTF-8");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ActivityFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("none.yaml", "no such file");
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("activity.yaml"), text);
    }
}
