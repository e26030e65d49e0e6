package dev.dibs.servers;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * The folder of one server: held by one program at a time, and remembering the ports of the last start, so that
 * addresses stay the same over a restart wherever possible.
 */
final class DataFolder implements AutoCloseable {
    private static final int HIGHEST_PORT = 65_535;

    private final Path path;
    private final String server;
    private final FileChannel lockFile;

    private DataFolder(Path path, String server, FileChannel lockFile) {
        this.path = path;
        this.server = server;
        this.lockFile = lockFile;
    }

    /** Creates the folder if need be, and takes hold of it. */
    static DataFolder open(Path path, String server) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new ServerStartException(
                        "%s cannot start: another program uses the data folder %s".formatted(server, folder));
            }
            return new DataFolder(folder, server, channel);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot start: the data folder %s cannot be written: %s".formatted(server, folder, e), e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * The port to listen on: the wanted one; if that is 0 the one of the last start, if it is still free; else any.
     *
     * @param role which of the server's ports this is
     */
    int port(String role, int wanted) {
        int port = wanted == 0 ? rememberedOrNew(role) : given(role, wanted);
        remember(role, port);
        return port;
    }

    private int given(String role, int wanted) {
        if (wanted < 0 || wanted > HIGHEST_PORT) {
            throw new ServerStartException("%s cannot start: %s port %d is not between 0 and %d"
                    .formatted(server, role, wanted, HIGHEST_PORT));
        }
        if (!FreePorts.isFree(wanted)) {
            throw new ServerStartException("%s cannot start: port %d of 127.0.0.1 is in use".formatted(server, wanted));
        }
        return wanted;
    }

    private int rememberedOrNew(String role) {
        String remembered = ports().getProperty(role, "");
        if (remembered.matches("[1-9][0-9]{0,4}")
                && Integer.parseInt(remembered) <= HIGHEST_PORT
                && FreePorts.isFree(Integer.parseInt(remembered))) {
            return Integer.parseInt(remembered);
        }
        return FreePorts.next();
    }

    private void remember(String role, int port) {
        Properties ports = ports();
        ports.setProperty(role, Integer.toString(port));
        try (Writer writer = Files.newBufferedWriter(portsFile())) {
            ports.store(writer, null);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot start: %s cannot be written: %s".formatted(server, portsFile(), e), e);
        }
    }

    private Properties ports() {
        Properties ports = new Properties();
        if (Files.exists(portsFile())) {
            try (Reader reader = Files.newBufferedReader(portsFile())) {
                ports.load(reader);
            } catch (IOException e) {
                throw new ServerStartException(
                        "%s cannot start: %s cannot be read: %s".formatted(server, portsFile(), e), e);
            }
        }
        return ports;
    }

    private Path portsFile() {
        return path.resolve("ports.properties");
    }

    /** Lets go of the folder; the operating system does the same when the program dies. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The data folder " + path + " could not be released", e);
        }
    }
}
