package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.stack.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    private static final String PASSWORD = "made-by-an-earlier-start";

    @TempDir
    Path folder;

    /** As a start leaves them that failed, or was interrupted, or was given another password. */
    @BeforeEach
    void secrets() throws IOException {
        Files.writeString(folder.resolve("secrets.properties"), """
                admin.password=%s
                jwt.secret=j
                address.salt=a
                pseudonym.key=p
                """.formatted(PASSWORD));
    }

    @Test
    void thePasswordThatNobodyHasSeenIsShownOnceAndThenItsFile() {
        assertThat(told(Optional.empty())).contains("admin", PASSWORD);
        assertThat(told(Optional.empty()))
                .doesNotContain(PASSWORD)
                .contains("admin", folder.resolve("secrets.properties").toString());
    }

    @Test
    void aStartWithAnotherPasswordShowsNoneAndDoesNotUseUpTheOneTime() {
        assertThat(told(Optional.of("given"))).isEmpty();

        assertThat(told(Optional.empty())).contains(PASSWORD);
    }

    private String told(Optional<String> given) {
        StringWriter out = new StringWriter();
        try (DataFolder data = DataFolder.open(folder)) {
            UpCommand.tellPassword(new Console(new PrintWriter(out)), data, given);
        }
        return out.toString();
    }
}
