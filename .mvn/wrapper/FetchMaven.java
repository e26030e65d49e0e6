import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Downloads one version of Apache Maven, checks it against its SHA-512, and unpacks it. Run from its source by mvnw:
 * {@code java FetchMaven.java VERSION SHA512 TARGET}; nothing but a JDK is needed.
 *
 * <p>The zip comes from the Apache project's archive, or, where MVNW_REPOURL is set, from the repository there.
 */
final class FetchMaven {
    private static final String ARCHIVE = "https://archive.apache.org/dist/maven/maven-3/%1$s/binaries/%2$s";
    private static final String IN_REPOSITORY = "%3$s/org/apache/maven/apache-maven/%1$s/%2$s";
    private static final int ATTEMPTS = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private FetchMaven() {}

    public static void main(String[] args) {
        try {
            fetch(args[0], args[1], Path.of(args[2]));
        } catch (IOException e) {
            System.err.println("mvnw: Apache Maven " + args[0] + " cannot be fetched: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static void fetch(String version, String sha512, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        // Beside the target, so that moving it there is one step: who finds the target finds all of it.
        Path work = Files.createTempDirectory(target.getParent(), "fetch-");
        try {
            URI address = address(version);
            System.err.println("mvnw: fetching Apache Maven " + version + " (once) from " + address);
            Path zip = work.resolve("maven.zip");
            download(address, zip);
            verify(zip, sha512);
            unzip(zip, work.resolve("unpacked"));
            publish(work.resolve("unpacked").resolve("apache-maven-" + version), target);
        } finally {
            delete(work);
        }
    }

    private static URI address(String version) {
        String repository = System.getenv("MVNW_REPOURL");
        boolean given = repository != null && !repository.isBlank();
        String file = "apache-maven-" + version + "-bin.zip";
        String base = given ? repository.strip().replaceAll("/+$", "") : "";
        return URI.create((given ? IN_REPOSITORY : ARCHIVE).formatted(version, file, base));
    }

    private static void download(URI address, Path zip) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<Path> response = client.send(
                        HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofFile(zip));
                if (response.statusCode() == 200) {
                    return;
                }
                throw new IOException(address + " answers with status " + response.statusCode());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
                    throw new IOException(
                            reason + " (address " + address + "); install Maven 3.8 or newer, or set MVNW_REPOURL to a"
                                    + " Maven repository that can be reached",
                            e);
                }
            }
        }
    }

    private static void verify(Path zip, String sha512) throws IOException {
        String actual = HexFormat.of().formatHex(digest(zip));
        if (!actual.equalsIgnoreCase(sha512)) {
            throw new IOException("what was downloaded has the SHA-512 " + actual + " instead of " + sha512);
        }
    }

    private static byte[] digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this JDK knows no SHA-512", e);
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("the zip wants to write outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
    }

    private static void publish(Path unpacked, Path target) throws IOException {
        Path program = unpacked.resolve("bin").resolve("mvn");
        if (!program.toFile().setExecutable(true, false)) {
            throw new IOException(program + " cannot be made executable");
        }
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Somebody else was faster: theirs has passed the same check.
            if (!Files.isExecutable(target.resolve("bin").resolve("mvn"))) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
