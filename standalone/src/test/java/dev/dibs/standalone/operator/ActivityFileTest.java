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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

        JsonNode json = new JsonMapper().readTree(file.content());
        assertThat(file.contentType()).isEqualTo("application/json");
        assertThat(json.path("start_time").asLong()).isEqualTo(1_000);
        assertThat(json.path("end_time").asLong()).isEqualTo(1_120);
        assertThat(json.path("name").asString()).isEqualTo("Sale");
        assertThat(json.path("tickets").path(0).path("kind").asString()).isEqualTo("seat");
    }

    @Test
    void aLengthAloneCountsFromTheStartInTheFile() throws IOException {
        ActivityFile file = ActivityFile.read(yaml(YAML), Optional.empty(), Optional.of(Duration.ofSeconds(5)));

        JsonNode json = new JsonMapper().readTree(file.content());
        long start = Instant.parse("2027-01-31T19:00:00Z").getEpochSecond();
        assertThat(json.path("start_time").asLong()).isEqualTo(start);
        assertThat(json.path("end_time").asLong()).isEqualTo(start + 5);
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
                .hasMessageContaining("list of fields");
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
