package dev.dibs.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileInAnotherFormatIsRefusedInOneLineAndLeftAsItIs() {
        // Given
        Path file = folder.resolve("documents.mv");
        try (MVStore store = MVStore.open(file.toString())) {
            store.openMap("databases.dibs.tickets").put("t1", "in Java's own serialization");
        }
        // When
        assertThatThrownBy(() -> EmbeddedMongo.start(folder))
                .isInstanceOf(ServerStartException.class)
                .hasMessage(
                        "MongoDB (embedded) cannot start: %s has format 0, this version of Dibs reads 2;"
                                + " use another data folder, or the version that wrote it",
                        file.toAbsolutePath().normalize());
        // Then
        try (MVStore store = MVStore.open(file.toString())) {
            assertThat(store.openMap("databases.dibs.tickets").get("t1")).isEqualTo("in Java's own serialization");
            assertThat(store.getStoreVersion()).isZero();
        }
    }
}
