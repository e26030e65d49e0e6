package dev.dibs.processor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processor in a process of its own, which can be killed without a chance to say good-bye. */
final class HardKill {
    private final Process process;

    private HardKill(Process process) {
        this.process = process;
    }

    static HardKill start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessorApplication.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        // Also if the test itself dies.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new HardKill(process);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process does not die");
        }
    }
}
