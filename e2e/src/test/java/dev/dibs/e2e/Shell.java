package dev.dibs.e2e;

import dev.dibs.testkit.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs in a folder, as an analyst does who knows where Kafka is. */
final class Shell {
    private static final int LIMIT_SECONDS = 180;

    private final Path folder;

    Shell(Path folder) {
        this.folder = folder;
    }

    /** What came of a program. */
    record Result(int exitCode, String output, String complaints) {
        boolean isSuccess() {
            return exitCode == 0;
        }
    }

    /** @throws AssertionError where the script fails */
    String script(String text) {
        Result result = run("sh", "-e", "-c", text);
        if (!result.isSuccess()) {
            throw new AssertionError(text + "\nended with " + result);
        }
        return result.output();
    }

    /** Also where there is no such program; the exit code is then 127, as in a shell. */
    Result run(String... command) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Path complaints = Files.createTempFile(folder, "complaints", ".txt");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(complaints.toFile());
            // What the tests are told of servers, an analyst is not.
            builder.environment().keySet().removeIf(name -> name.startsWith("DIBS_"));
            builder.environment().put("KAFKA", TestServers.kafka());
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                return new Result(127, "", e.toString());
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                return new Result(-1, Files.readString(output), "not done after " + LIMIT_SECONDS + " s");
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(complaints));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
