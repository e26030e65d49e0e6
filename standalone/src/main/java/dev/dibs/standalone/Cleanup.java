package dev.dibs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what runs on a data folder, then removes the folder if it is temporary; also when a signal ends the program. */
final class Cleanup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cleanup.class);

    private final Path folder;
    private boolean temporary;
    private boolean begun;
    private final AtExit atExit;
    private volatile AutoCloseable first = () -> {};

    Cleanup(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
        this.atExit = new AtExit(this::run);
    }

    /** What has to be closed before the folder can be removed; replaces what was said before. */
    void closeFirst(AutoCloseable user) {
        this.first = user;
    }

    /**
     * The folder stays: somebody will want to see what happened. Not so once the cleaning up has begun: what fails then
     * has failed because the program was told to stop.
     *
     * @return whether it stays
     */
    synchronized boolean keep() {
        if (!begun) {
            temporary = false;
        }
        return !temporary;
    }

    /** Whether the folder is to be removed; from now on that is settled. */
    private synchronized boolean begin() {
        begun = true;
        return temporary;
    }

    private void run() {
        boolean remove = begin();
        try {
            first.close();
            if (remove) {
                remove(folder);
            }
        } catch (Exception e) {
            log.warn("Not everything could be cleaned up; folder={}", folder, e);
        }
    }

    static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // Gone meanwhile: that is what is wanted.
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("the folder " + folder + " could not be removed", e));
        }
    }

    @Override
    public void close() {
        atExit.close();
    }
}
