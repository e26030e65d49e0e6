package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.RedisNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What a Redis server has written. Killing it loses nothing, for the operating system keeps what was handed to it; to
 * lose something the file itself has to be tampered with.
 */
final class AppendOnlyFile {
    private static final String FOLDER = "appendonlydir";
    private static final String GROWING = ".incr.aof";

    private final Path folder;

    AppendOnlyFile(RedisNode node) {
        this(node.member().folder());
    }

    /** @param data folder of the server */
    AppendOnlyFile(Path data) {
        this.folder = data.resolve(FOLDER);
    }

    /**
     * Cuts off a part of what was written since the last rewrite; the server must be down.
     *
     * @return how many bytes were cut off, and of how many; not made where the file was empty
     */
    Outcome truncate(Random random) {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(f -> f.toString().endsWith(GROWING))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IllegalStateException("There is no " + GROWING + " in " + folder));
            long size = Files.size(file);
            // Mostly the last writes, now and then anything: what a power cut takes and what a broken disk takes.
            long most = random.nextInt(4) == 0 ? size : Math.min(size, 20_000);
            long lost = most == 0 ? 0 : 1 + random.nextLong(most);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(size - lost);
            }
            return Outcome.madeIf(lost > 0, lost + " of " + size + " bytes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all files as they are, also while the server writes to them. */
    void copyTo(Path target) {
        try {
            remove(target);
            Files.createDirectories(target);
            for (Path file : files(folder)) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a copy in the place of what is there; the server must be down. */
    void restoreFrom(Path copy) {
        try {
            remove(folder);
            Files.createDirectories(folder);
            for (Path file : files(copy)) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
