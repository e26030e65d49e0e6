package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of nginx with a real nginx, where there is one; what is looked at stands in check-nginx.py. */
class NginxIT {
    @TempDir
    Path folder;

    @Test
    void usersStayNothingForgedGetsThroughAndWhatIsRefusedIsSaidAsTheApiSaysIt() throws Exception {
        Optional<Path> nginx = executable("nginx");
        Optional<Path> python = executable("python3");
        assumeTrue(nginx.isPresent() && python.isPresent(), "needs an installed nginx and python3");
        Path out = folder.resolve("out");

        Process check = new ProcessBuilder(
                        python.get().toString(),
                        "docker/check-nginx.py",
                        nginx.get().toString(),
                        Files.createDirectory(folder.resolve("work")).toString())
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(check.waitFor(150, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out, StandardCharsets.UTF_8)).isEmpty();
        assertThat(check.exitValue()).isZero();
    }

    private static Optional<Path> executable(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
