package dev.dibs.chaos.proxy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells which of our processes holds the other end of a connection, by what Linux says of sockets under {@code /proc}.
 * So a server needs one address only, and yet each client's link to it can be troubled alone.
 */
public final class Peers {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private final Supplier<Map<String, Long>> processes;

    /** @param processes the process ids by name, as they are now */
    public Peers(Supplier<Map<String, Long>> processes) {
        this.processes = processes;
    }

    /**
     * @param peer the port of the other end
     * @param own the port of this end
     * @return empty for a stranger, and where the system does not tell
     */
    Optional<String> nameOf(int peer, int own) {
        return inode(peer, own).flatMap(this::holder);
    }

    private static Optional<String> inode(int peer, int own) {
        for (Path table : TABLES) {
            try {
                for (String line : Files.readAllLines(table)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > INODE && hasPort(columns[LOCAL], peer) && hasPort(columns[REMOTE], own)) {
                        return Optional.of(columns[INODE]);
                    }
                }
            } catch (IOException e) {
                // Not Linux, or no such protocol: then the link has no name of its own.
                continue;
            }
        }
        return Optional.empty();
    }

    private static boolean hasPort(String address, int port) {
        return address.endsWith(String.format(Locale.ROOT, ":%04X", port));
    }

    private Optional<String> holder(String inode) {
        String socket = "socket:[" + inode + "]";
        return processes.get().entrySet().stream()
                .filter(process -> holds(process.getValue(), socket))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                if (isLinkTo(file, socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // The process has ended meanwhile.
            return false;
        }
    }

    private static boolean isLinkTo(Path file, String socket) {
        try {
            return Files.readSymbolicLink(file).toString().equals(socket);
        } catch (IOException e) {
            // Closed while we looked.
            return false;
        }
    }
}
