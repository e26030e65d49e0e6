package dev.dibs.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs and Java processes. */
final class Programs {
    private Programs() {}

    /** Whether the program is found on the path. */
    static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String folder : path.split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** A command that runs a class with the class path and the Java runtime of this process. */
    static List<String> java(List<String> jvmOptions, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Runs a program to its end, which must come in time and with exit code 0; answers what it wrote. */
    static String run(List<String> command, Path folder, Duration atMost) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "driver", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + atMost.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        String written = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        if (process.exitValue() != 0) {
            throw new IOException(
                    command.get(0) + " ended with exit code " + process.exitValue() + ": " + written.strip());
        }
        return written;
    }
}
