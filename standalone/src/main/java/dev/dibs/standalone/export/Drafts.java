package dev.dibs.standalone.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files on the way to become one beside them, so that a move is all that is left to do; what is left over goes. */
final class Drafts implements AutoCloseable {
    private final Path target;
    private final List<Path> created = new ArrayList<>();

    /** @param target absolute */
    Drafts(Path target) {
        this.target = target;
    }

    Path create() throws IOException {
        Path draft =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        created.add(draft);
        return draft;
    }

    @Override
    public void close() throws IOException {
        for (Path draft : created) {
            Files.deleteIfExists(draft);
        }
    }
}
