package dev.dibs.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final String SOME = "64:unlimited";

    @Test
    void aProcessIsLimitedAndSaidToBeOnlyWhereItIs() throws IOException {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(FullDisk.limit(sleeper.pid(), SOME)).isTrue();
            assertThat(Files.readAllLines(Path.of("/proc/" + sleeper.pid() + "/limits")))
                    .anyMatch(line -> line.matches("Max file size +64 .*"));
        } finally {
            sleeper.destroyForcibly().onExit().join();
        }

        assertThat(FullDisk.limit(sleeper.pid(), SOME)).isFalse();
    }
}
