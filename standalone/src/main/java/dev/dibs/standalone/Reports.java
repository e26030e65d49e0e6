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

    /**
     * Where a report will go, found out before hours are spent on what it is to tell.
     *
     * @param file null where none is wanted; then so is the answer
     * @throws ProblemException if it cannot be written there
     */
    static Path writable(Path file) {
        if (file == null) {
            return null;
        }
        Path absolute = file.toAbsolutePath().normalize();
        boolean possible = Files.exists(absolute)
                ? !Files.isDirectory(absolute) && Files.isWritable(absolute)
                : Files.isDirectory(absolute.getParent()) && Files.isWritable(absolute.getParent());
        if (!possible) {
            throw new ProblemException("the report cannot be written to " + file);
        }
        return absolute;
    }

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
