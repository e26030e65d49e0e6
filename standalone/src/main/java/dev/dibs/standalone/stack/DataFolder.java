package dev.dibs.standalone.stack;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/** Everything a stack keeps, held by one program at a time. The operating system lets go of it when the program dies. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "dibs.lock";
    private static final String RUNNING = "running.properties";
    private static final String PASSWORD_SHOWN = "password.shown";
    private static final String PID = "pid";
    private static final String URL = "url";
    private static final String KAFKA = "kafka";
    private static final String REDIS = "redis";
    private static final String MONGODB = "mongodb";
    private static final String DATABASE = "database";

    /** What a running stack says about itself. */
    public record Running(long pid, URI url, Addresses addresses) {}

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates the folder if need be, and takes hold of it. */
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String owner = readOwner(channel);
                channel.close();
                throw new ProblemException("the data folder " + folder + " is in use by another dibs program" + owner);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new ProblemException("the data folder " + folder + " cannot be used: " + told(e), e);
        }
    }

    /** The stack that runs on this folder now, if one does. */
    public static Optional<Running> running(Path path) {
        Path file = path.resolve(RUNNING);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Properties properties = OwnerFiles.read(file);
            long pid = Long.parseLong(properties.getProperty(PID, "0"));
            // A killed program leaves the file behind, and its id may be another program's by now.
            if (ProcessHandle.of(pid).isEmpty() || !isHeld(path.resolve(LOCK))) {
                return Optional.empty();
            }
            return Optional.of(new Running(
                    pid,
                    URI.create(properties.getProperty(URL, "")),
                    new Addresses(
                            properties.getProperty(KAFKA),
                            properties.getProperty(REDIS),
                            properties.getProperty(MONGODB),
                            properties.getProperty(DATABASE))));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The admin password that was made for this folder. */
    public static String adminPassword(Path path) {
        try {
            return Secrets.existing(path).adminPassword();
        } catch (IOException e) {
            throw new ProblemException("the data folder " + path + " has no admin password: " + told(e), e);
        }
    }

    /** Whether somebody has been shown that password. */
    public boolean isPasswordShown() {
        return Files.exists(path.resolve(PASSWORD_SHOWN));
    }

    /** Somebody has been shown it. A file of its own: secrets are written once, so that nothing can lose them. */
    public void notePasswordShown() {
        try {
            Files.writeString(path.resolve(PASSWORD_SHOWN), "");
        } catch (IOException e) {
            throw new ProblemException("the data folder " + path + " cannot be written: " + told(e), e);
        }
    }

    /** Where the secrets lie that were made for this folder. */
    public Path secretsFile() {
        return path.resolve(Secrets.FILE);
    }

    /** The key of tokens that was made for this folder. */
    public static String jwtSecret(Path path) {
        try {
            return Secrets.existing(path).jwtSecret();
        } catch (IOException e) {
            throw new ProblemException(
                    "the data folder " + path + " has no key of tokens, and DIBS_JWT_SECRET is not set: " + told(e), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Whether a stack has ever kept its data here. */
    public boolean isUsed() {
        return Files.isDirectory(kafka());
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path redis() {
        return path.resolve("redis");
    }

    Path mongodb() {
        return path.resolve("mongodb");
    }

    public Path log() {
        return path.resolve("dibs.log");
    }

    Secrets secrets() {
        try {
            return Secrets.of(path);
        } catch (IOException e) {
            throw new ProblemException("the secrets in " + path + " cannot be used: " + told(e), e);
        }
    }

    void noteRunning(URI url, Addresses addresses) {
        Properties properties = new Properties();
        properties.setProperty(PID, Long.toString(ProcessHandle.current().pid()));
        properties.setProperty(URL, url.toString());
        properties.setProperty(KAFKA, addresses.kafka());
        properties.setProperty(REDIS, addresses.redis());
        properties.setProperty(MONGODB, addresses.mongodb());
        properties.setProperty(DATABASE, addresses.database());
        try {
            OwnerFiles.write(path.resolve(RUNNING), properties, "Where this stack can be reached while it runs.");
        } catch (IOException e) {
            throw new ProblemException("the data folder " + path + " cannot be written: " + told(e), e);
        }
    }

    /** Lets go of the folder. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path.resolve(RUNNING));
            lock.close();
        } catch (IOException e) {
            throw new ProblemException("the data folder " + path + " could not be released: " + told(e), e);
        }
    }

    private static boolean isHeld(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return !locked(channel);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // By this very process, as a test with two stacks does.
            return false;
        }
    }

    private static String readOwner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    /** File exceptions often say only which file, and not what is wrong with it. */
    private static String told(IOException e) {
        String kind = e.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return kind.equals("IO") ? e.getMessage() : kind.toLowerCase(java.util.Locale.ROOT) + ": " + e.getMessage();
    }
}
