package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void something() throws IOException {
        folder = Files.createDirectories(parent.resolve("data"));
        Files.writeString(folder.resolve("dibs.log"), "what happened");
    }

    @Test
    void aTemporaryFolderIsRemovedAfterWhatRunsOnIt() {
        AtomicBoolean there = new AtomicBoolean();

        try (Cleanup cleanup = new Cleanup(folder, true)) {
            cleanup.closeFirst(() -> there.set(Files.exists(folder)));
        }

        assertThat(there).isTrue();
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatExplainsAFailureIsKept() {
        boolean kept;
        try (Cleanup cleanup = new Cleanup(folder, true)) {
            kept = cleanup.keep();
        }

        assertThat(kept).isTrue();
        assertThat(folder.resolve("dibs.log")).hasContent("what happened");
    }

    @Test
    void whatFailsBecauseTheProgramIsBeingStoppedKeepsNothing() {
        AtomicBoolean kept = new AtomicBoolean(true);

        try (Cleanup cleanup = new Cleanup(folder, true)) {
            cleanup.closeFirst(() -> kept.set(cleanup.keep()));
        }

        assertThat(kept).isFalse();
        assertThat(folder).doesNotExist();
    }
}
