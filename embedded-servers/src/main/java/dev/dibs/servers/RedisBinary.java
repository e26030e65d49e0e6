package dev.dibs.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** Which redis-server to run: the installed one, which the system keeps up to date, else the one in our jar. */
final class RedisBinary {
    private RedisBinary() {}

    /**
     * @param searchPath folders to look in, as in the environment variable PATH
     * @param extractTo where the binary in the jar is unpacked to, if it is needed
     */
    static Path find(String searchPath, Path extractTo) {
        return Executables.find("redis-server", searchPath).orElseGet(() -> extract(extractTo));
    }

    private static Path extract(Path folder) {
        try {
            Files.createDirectories(folder);
            return ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .toPath();
        } catch (IOException | RuntimeException e) {
            throw new ServerStartException(
                    "Redis cannot start: no redis-server is installed, and the one that comes with Dibs cannot be used"
                            + " here (%s); install Redis 6.2 or newer".formatted(e),
                    e);
        }
    }
}
