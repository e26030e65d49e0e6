package dev.dibs.standalone;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reports as JSON files. */
final class Reports {
    private Reports() {}

    static void write(Path file, Object report) {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        try {
            Files.writeString(file, json.writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new ProblemException("the report cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
