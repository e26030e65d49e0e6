package dev.dibs.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds programs as a shell does. */
public final class Executables {
    private Executables() {}

    /** The first program of this name on the PATH of this process. */
    public static Optional<Path> find(String name) {
        return find(name, System.getenv().getOrDefault("PATH", ""));
    }

    /** @param searchPath folders, separated as in the environment variable PATH */
    static Optional<Path> find(String name, String searchPath) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> in(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<Path> in(String folder, String name) {
        try {
            return Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe"));
        } catch (InvalidPathException e) {
            // A broken entry of the PATH is passed over, as shells do.
            return Stream.empty();
        }
    }
}
