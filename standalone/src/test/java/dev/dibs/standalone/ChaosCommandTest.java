package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--minutes", "--overload"})
    void aRunThatCannotBeginKeepsItsFolder(String kind) throws Exception {
        Map<String, String> withoutAShell = Map.of("PATH", folder.toString());
        try (DibsProcess dibs = DibsProcess.start(folder, withoutAShell, "chaos", kind, "1")) {

            int status = dibs.awaitEnd();

            assertThat(status).isEqualTo(1);
            assertThat(dibs.err()).contains("There is no shell to watch over the processes");
            Path kept = Path.of(dibs.told("data and logs are kept in"));
            assertThat(kept.getParent()).isEqualTo(folder.resolve(DibsProcess.TEMPORARY));
            assertThat(Files.isDirectory(kept)).isTrue();
        }
    }
}
