package dev.dibs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whyAServerHasEndedIsSaidInItsOwnLastWords() throws Exception {
        try (ServerProcess server = started("echo starting; echo; echo 'no such heap' >&2; exit 3")) {
            assertThatThrownBy(() -> server.awaitAnswer(NOBODY, PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessage("server ended with exit code 3 while starting: starting | no such heap");
        }
    }

    @Test
    void lastWordsAreFew() throws Exception {
        try (ServerProcess server = started("i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo line $i; done; exit 1")) {
            assertThatThrownBy(() -> server.awaitAnswer(NOBODY, PATIENCE))
                    .hasMessageEndingWith(": line 2996 | line 2997 | line 2998 | line 2999 | line 3000");
        }
    }

    @Test
    void whoSaysNothingHasNoLastWords() throws Exception {
        try (ServerProcess server = started("exit 1")) {
            assertThatThrownBy(() -> server.awaitAnswer(NOBODY, PATIENCE)).hasMessageEndingWith("while starting");
        }
    }

    @Test
    void noSettingOfTheShellReachesAServer() {
        Map<String, String> environment = new HashMap<>(
                Map.of("PATH", "/bin", "DIBS_KAFKA", "live:9092", "DIBS_RATE_GRABS", "1", "DIBS_JWT_SECRET", "live"));

        ServerProcess.replaceSettings(environment, Map.of("DIBS_JWT_SECRET", "own"));

        assertThat(environment).isEqualTo(Map.of("PATH", "/bin", "DIBS_JWT_SECRET", "own"));
    }

    private ServerProcess started(String script) throws IOException {
        return new ServerProcess("server", List.of("sh", "-c", script), Map.of(), folder.resolve("server.out"));
    }
}
