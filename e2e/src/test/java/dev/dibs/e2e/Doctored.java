package dev.dibs.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/**
 * Services without a guard. The sources of the product, with the guard taken out, are compiled into a folder of the test
 * that a process finds before its own classes: so there is no switch in the product, and all but the guard is as it is
 * shipped.
 */
final class Doctored {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RESOURCES = Path.of("src/main/resources");

    private Doctored() {}

    /** @return the folder, in this one, of the classes and scripts that differ */
    static Path without(Path folder, Guard... guards) throws IOException {
        Map<Path, String> sources = new TreeMap<>();
        for (Guard guard : guards) {
            String text = sources.getOrDefault(guard.source(), Files.readString(ROOT.resolve(guard.source())));
            sources.put(guard.source(), guard.takenOutOf(text));
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> toCompile = new ArrayList<>();
        for (Map.Entry<Path, String> source : sources.entrySet()) {
            Path inModule = source.getKey().subpath(1, source.getKey().getNameCount());
            if (inModule.startsWith(RESOURCES)) {
                write(classes.resolve(RESOURCES.relativize(inModule)), source.getValue());
            } else {
                Path copy = write(folder.resolve(source.getKey()), source.getValue());
                toCompile.add(copy.toString());
            }
        }
        if (!toCompile.isEmpty()) {
            compile(toCompile, classes);
        }
        return classes;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void compile(List<String> files, Path classes) {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-parameters",
                "-proc:none",
                "-implicit:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        arguments.addAll(files);
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("What is left without the guard does not compile: " + files);
        }
    }
}
