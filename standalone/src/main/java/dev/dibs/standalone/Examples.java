package dev.dibs.standalone;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The example activity: from the project's folder where there is one, so that changes count; else from the program. */
final class Examples {
    private static final String MOVIE_NIGHT = "examples/movie-night";
    private static final List<String> FILES = List.of("activity.yaml", "codes.csv");

    private Examples() {}

    /** @throws ProblemException where a file is missing in this folder */
    static void requireIn(Path folder) {
        for (String file : FILES) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new ProblemException(folder.resolve(file) + " cannot be read: "
                        + (Files.exists(folder.resolve(file)) ? "no permission" : "no such file"));
            }
        }
    }

    /** @param folder where the files are put if they come from the program */
    static Path movieNight(Path folder) {
        Path own = Path.of(System.getProperty("dibs.home", ""), MOVIE_NIGHT).toAbsolutePath();
        if (FILES.stream().allMatch(file -> Files.isReadable(own.resolve(file)))) {
            return own;
        }
        Path copy = folder.resolve(MOVIE_NIGHT);
        try {
            Files.createDirectories(copy);
            for (String file : FILES) {
                try (InputStream source = Examples.class.getResourceAsStream("/" + MOVIE_NIGHT + "/" + file)) {
                    if (source == null) {
                        throw new ProblemException(
                                "the example " + MOVIE_NIGHT + " is not there; say where with --examples");
                    }
                    Files.copy(source, copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new ProblemException("the example cannot be written to " + copy + ": " + e.getMessage(), e);
        }
        return copy;
    }
}
