package dev.dibs.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void isHeldByOneProgramAtATime() {
        DataFolder first = DataFolder.open(folder);

        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("in use", folder.toString());

        first.close();
        DataFolder.open(folder).close();
    }

    @Test
    void secretsAreMadeOnceAndForTheOwnerOnly() throws IOException {
        Secrets made;
        Secrets found;
        try (DataFolder data = DataFolder.open(folder)) {
            made = data.secrets();
        }
        try (DataFolder data = DataFolder.open(folder)) {
            found = data.secrets();
        }

        assertThat(found.adminPassword()).isEqualTo(made.adminPassword()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(found.jwtSecret()).isEqualTo(made.jwtSecret()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(found.addressSalt()).isEqualTo(made.addressSalt());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.properties"))))
                .isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain(made.adminPassword(), made.jwtSecret());
    }

    @Test
    void whetherThePasswordWasShownIsRemembered() {
        try (DataFolder data = DataFolder.open(folder)) {
            data.secrets();
            assertThat(data.isPasswordShown()).isFalse();
        }
        try (DataFolder data = DataFolder.open(folder)) {
            assertThat(data.isPasswordShown()).isFalse();
            data.notePasswordShown();
        }
        try (DataFolder data = DataFolder.open(folder)) {
            assertThat(data.isPasswordShown()).isTrue();
        }
    }

    @Test
    void whatRunsIsKnownOnlyWhileItRuns() {
        Addresses addresses = new Addresses("127.0.0.1:1", "redis://127.0.0.1:2", "mongodb://127.0.0.1:3", "dibs");
        try (DataFolder data = DataFolder.open(folder)) {
            data.noteRunning(URI.create("http://127.0.0.1:4"), addresses);

            assertThat(DataFolder.running(folder)).hasValueSatisfying(running -> {
                assertThat(running.addresses()).isEqualTo(addresses);
                assertThat(running.url()).hasPort(4);
            });
        }

        assertThat(DataFolder.running(folder)).isEmpty();
    }

    @Test
    void whatAKilledProgramLeftBehindDoesNotRun() throws IOException {
        // Given the note of a process that lives, but does not hold the folder
        try (DataFolder data = DataFolder.open(folder)) {
            data.noteRunning(
                    URI.create("http://127.0.0.1:4"),
                    new Addresses("127.0.0.1:1", "redis://127.0.0.1:2", "mongodb://127.0.0.1:3", "dibs"));
            Files.copy(folder.resolve("running.properties"), folder.resolve("copy"));
        }
        Files.move(folder.resolve("copy"), folder.resolve("running.properties"));

        assertThat(DataFolder.running(folder)).isEmpty();
    }

    @Test
    void addressesAreShownWithoutTheirPasswords() {
        assertThat(Addresses.shown("redis://user:secret@host:6379/0")).isEqualTo("redis://***@host:6379/0");
        assertThat(Addresses.shown("127.0.0.1:9092")).isEqualTo("127.0.0.1:9092");
    }
}
