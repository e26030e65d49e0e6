package dev.dibs.api.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files that describe the API: {@code base.yaml} and one for each area. */
final class OpenApiFiles {
    static final Path FOLDER = Path.of("src/main/resources/dev/dibs/api/openapi");
    /** What they make together. */
    static final Path DOCUMENT = Path.of("../docs/openapi.json");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private OpenApiFiles() {}

    static ObjectNode merged() {
        OpenApiMerge merge = new OpenApiMerge(parse(read(FOLDER.resolve("base.yaml"))));
        for (Path area : areas()) {
            merge.add(area.getFileName().toString(), parse(read(area)));
        }
        return merge.document();
    }

    private static List<Path> areas() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("base.yaml"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode parse(String yaml) {
        return (ObjectNode) YAML.readTree(yaml);
    }
}
