package dev.dibs.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells which of our processes holds the other end of a connection, by what Linux says of sockets under {@code /proc}.
 * So a server needs one address only, and yet each client's link to it can be troubled alone.
 */
public final class Peers {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;
    private static final String SOCKET = "socket:[";

    private final Supplier<Map<String, Long>> processes;

    /** @param processes the process ids by name, as they are now */
    public Peers(Supplier<Map<String, Long>> processes) {
        this.processes = processes;
    }

    /** Who holds which connection, as it is now. Costs tens of milliseconds, however many are asked for. */
    Holders look() {
        Map<String, String> names = new HashMap<>();
        processes.get().forEach((name, pid) -> sockets(pid).forEach(inode -> names.put(inode, name)));
        Map<Integer, String> holders = new HashMap<>();
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                lines.skip(1).map(line -> line.strip().split(" +")).forEach(columns -> {
                    String name = names.get(columns[INODE]);
                    if (name != null) {
                        holders.put(Holders.key(port(columns[LOCAL]), port(columns[REMOTE])), name);
                    }
                });
            } catch (IOException | UncheckedIOException e) {
                // Not Linux, or no such protocol: then the link has no name of its own.
                continue;
            }
        }
        return new Holders(holders);
    }

    /** Names of processes by the ports of both ends of their connections. */
    record Holders(Map<Integer, String> names) {
        private static int key(int peer, int own) {
            return peer << Short.SIZE | own;
        }

        /**
         * @param peer the port of the other end
         * @param own the port of this end
         * @return empty for a stranger, and where the system does not tell
         */
        Optional<String> nameOf(int peer, int own) {
            return Optional.ofNullable(names.get(key(peer, own)));
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address, address.indexOf(':') + 1, address.length(), HEXADECIMAL);
    }

    /** The inodes of all sockets that a process has open. */
    private static List<String> sockets(long pid) {
        List<String> inodes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : files) {
                String target = target(file);
                if (target.startsWith(SOCKET)) {
                    inodes.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The process has ended meanwhile.
            return inodes;
        }
        return inodes;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            // Closed while we looked.
            return "";
        }
    }
}
