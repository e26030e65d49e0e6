package dev.dibs.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With and without folders of processes, as on Linux and on macOS. */
final class PidFileTest {
    /** A shell's file is called sh, dash or bash. */
    private static final String PROGRAM = "sh";

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void theOneThatWasNotedIsFound() throws IOException {
        startIn(folder);
        PidFile file = new PidFile(folder.resolve("it.pid"));

        file.write(process.toHandle());

        assertThat(file.leftover(PROGRAM)).contains(process.toHandle());
    }

    @Test
    void withoutFoldersOfProcessesTooItIsFound() throws IOException {
        startIn(folder);
        PidFile file = withoutProc();

        file.write(process.toHandle());

        assertThat(file.leftover(PROGRAM)).contains(process.toHandle());
    }

    @Test
    void oneThatWorksElsewhereIsNotOurs() throws IOException {
        startIn(elsewhere);

        Files.writeString(folder.resolve("it.pid"), process.pid() + " 1000");

        assertThat(new PidFile(folder.resolve("it.pid")).leftover(PROGRAM)).isEmpty();
    }

    @Test
    void withoutFoldersOfProcessesOneThatStartedAtAnotherTimeIsNotOurs() throws IOException {
        startIn(folder);

        Files.writeString(folder.resolve("it.pid"), process.pid() + " 1000");

        assertThat(withoutProc().leftover(PROGRAM)).isEmpty();
    }

    /** An earlier build noted nothing but the id. */
    @Test
    void withoutFoldersOfProcessesOneOfWhichTheStartIsUnknownIsNotOurs() throws IOException {
        startIn(folder);

        Files.writeString(folder.resolve("it.pid"), Long.toString(process.pid()));

        assertThat(withoutProc().leftover(PROGRAM)).isEmpty();
    }

    @Test
    void anotherProgramIsNotOurs() throws IOException {
        startIn(folder);
        PidFile file = new PidFile(folder.resolve("it.pid"));

        file.write(process.toHandle());

        assertThat(file.leftover("redis")).isEmpty();
    }

    @Test
    void whatIsNoNoteSaysNothing() throws IOException {
        assertThat(new PidFile(folder.resolve("none.pid")).leftover(PROGRAM)).isEmpty();

        Files.writeString(folder.resolve("it.pid"), "who knows");

        assertThat(new PidFile(folder.resolve("it.pid")).leftover(PROGRAM)).isEmpty();
    }

    private PidFile withoutProc() {
        return new PidFile(folder.resolve("it.pid"), folder.resolve("no-proc"));
    }

    /** A shell that waits for its end. */
    private void startIn(Path where) throws IOException {
        process = new ProcessBuilder("sh", "-c", "read -r ignored; echo done")
                .directory(where.toFile())
                .start();
    }
}
