package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The document that is committed and served is what the areas' files make. After a change of theirs it is written with
 * {@code ./mvnw -pl api -am test -Dtest=OpenApiDocumentTest -Dopenapi.write=true}.
 */
class OpenApiDocumentTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final ObjectNode merged = OpenApiFiles.merged();

    @Test
    void theCommittedDocumentIsWhatTheFilesMake() throws IOException {
        String text = JSON.writeValueAsString(merged) + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(OpenApiFiles.DOCUMENT, text);
            // The build has put the old one there already, for tests that start the service.
            Files.writeString(Path.of("target/classes/dev/dibs/api/openapi/openapi.json"), text);
        }

        assertThat(OpenApiFiles.DOCUMENT)
                .as("write it anew with -Dopenapi.write=true")
                .hasContent(text);
    }

    @Test
    void everyVariableOfAPathIsAParameterAndTheOtherWayRound() {
        merged.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(part -> OpenApiMerge.METHODS.contains(part.getKey()))
                        .forEach(operation -> assertThat(inPath(path.getValue(), operation.getValue()))
                                .as(operation.getKey() + " " + path.getKey())
                                .isEqualTo(VARIABLE.matcher(path.getKey())
                                        .results()
                                        .map((MatchResult match) -> match.group(1))
                                        .collect(Collectors.toSet()))));
    }

    private Set<String> inPath(JsonNode path, JsonNode operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode list : new JsonNode[] {path.path("parameters"), operation.path("parameters")}) {
            for (JsonNode given : list) {
                JsonNode parameter = given.has("$ref")
                        ? merged.at(given.get("$ref").asString().substring(1))
                        : given;
                if (parameter.get("in").asString().equals("path")) {
                    names.add(parameter.get("name").asString());
                }
            }
        }
        return names;
    }
}
