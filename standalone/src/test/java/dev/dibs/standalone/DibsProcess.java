package dev.dibs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own, as a user starts it. */
final class DibsProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static final String TEMPORARY = "tmp";

    private final Process process;
    private final Path out;
    private final Path err;

    private DibsProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param folder for its output, and for its temporary files, in {@link #TEMPORARY} */
    static DibsProcess start(Path folder, String... args) throws IOException {
        return start(folder, Map.of(), args);
    }

    /** @param variables all of {@code DIBS_*} that it has */
    static DibsProcess start(Path folder, Map<String, String> variables, String... args) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve(TEMPORARY));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                // As the dibs script does for what is over soon.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Its own, so that what it leaves behind is not taken for what others are doing meanwhile.
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) {
            // As the dibs script does: newer JDKs warn of what Netty and Kafka's clients do.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Dibs.class.getName()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "dibs", ".out");
        Path err = Files.createTempFile(folder, "dibs", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DIBS_"));
        builder.environment().putAll(variables);
        return new DibsProcess(builder.start(), out, err);
    }

    DibsProcess awaitUp() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || out().contains("Ctrl-C stops it."));
        if (!process.isAlive()) {
            throw new AssertionError("dibs ended with " + process.exitValue() + "\n" + out() + err());
        }
        return this;
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("dibs did not end\n" + out() + err());
        }
        return process.exitValue();
    }

    /** As Ctrl-C or a service manager does. */
    void signal() {
        process.destroy();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** What the output says after a label. */
    String told(String label) {
        Matcher matcher = Pattern.compile("(?m)^\\s*" + label + "\\s+(\\S+)").matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("no " + label + " in\n" + out());
        }
        return matcher.group(1);
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
