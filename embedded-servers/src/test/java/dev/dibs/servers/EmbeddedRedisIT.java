package dev.dibs.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedRedisIT {

    @TempDir
    Path folder;

    @Test
    void aRestartKeepsWhatWasWrittenAndItsAddress() {
        // Given
        String uri;
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            uri = redis.uri();
            ask(redis, commands -> commands.set("k", "v"));
        }
        // When
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            // Then
            assertThat(redis.uri()).isEqualTo(uri);
            assertThatObject(ask(redis, commands -> commands.get("k"))).isEqualTo("v");
        }
    }

    @Test
    void theProcessDiesWithClose() {
        EmbeddedRedis redis = EmbeddedRedis.start(folder);
        long pid = redis.pid();

        redis.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aKilledServerIsDeadAtOnceAndComesBackWithItsData() {
        // Given
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            ask(redis, commands -> commands.set("k", "v"));
            redis.kill();
            assertThat(redis.isAlive()).isFalse();
        }
        // When
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            // Then
            assertThatObject(ask(redis, commands -> commands.get("k"))).isEqualTo("v");
        }
    }

    @Test
    void theProcessDiesWithAJvmThatIsKilled() throws Exception {
        // Given: a JVM that starts Redis, prints its process id, and waits for ever
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle redis = ProcessHandle.of(
                        Long.parseLong(jvm.inputReader().readLine().strip()))
                .orElseThrow();
        assertThat(redis.isAlive()).isTrue();
        // When
        jvm.destroyForcibly().waitFor();
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> !redis.isAlive());
    }

    @Test
    void ourOwnThatWasLeftRunningIsEnded() throws IOException {
        // Given one that nobody watches over
        Path server = RedisBinary.find(System.getenv("PATH"), folder.resolve("bin"));
        int port = FreePorts.next();
        Process leftover = new ProcessBuilder(server.toString(), "--port", Integer.toString(port))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            RedisPing.awaitPong(port, Duration.ofSeconds(30), leftover::isAlive);
            new PidFile(folder.resolve("redis.pid")).write(leftover.toHandle());
            // When
            EmbeddedRedis.start(folder).close();
            // Then
            assertThat(leftover.isAlive()).isFalse();
        } finally {
            leftover.destroyForcibly();
        }
    }

    @Test
    void anotherRedisThatHasGotAnOldProcessIdLivesOn(@TempDir Path elsewhere) throws IOException {
        try (EmbeddedRedis another = EmbeddedRedis.start(elsewhere)) {
            // Given what a start before the last boot has left
            Files.writeString(folder.resolve("redis.pid"), another.pid() + " 1000");
            // When
            try (EmbeddedRedis ours = EmbeddedRedis.start(folder)) {
                // Then
                assertThat(ours.isAlive()).isTrue();
                assertThat(another.isAlive()).isTrue();
            }
        }
    }

    @Test
    void answersAreRefusedNotForgottenWhenMemoryIsFullAndTheAppendOnlyFileIsOn() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            Map<String, String> settings =
                    ask(redis, commands -> commands.configGet("maxmemory-policy", "appendonly", "appendfsync"));
            assertThat(settings)
                    .containsEntry("maxmemory-policy", "noeviction")
                    .containsEntry("appendonly", "yes")
                    .containsEntry("appendfsync", "everysec");
        }
    }

    @Test
    void whereNoneIsInstalledTheOneInTheJarIsUsed(@TempDir Path emptyFolder) {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, 0, emptyFolder.toString())) {
            String version = ask(redis, commands -> commands.info("server"));
            assertThat(version).contains("redis_version:6.2");
        }
    }

    @Test
    void aServerThatDoesNotStartIsSaidInOneLineWithItsLastWords(@TempDir Path binaries) throws IOException {
        Path broken = Files.writeString(
                binaries.resolve("redis-server"), "#!/bin/sh\necho warming up\necho cannot find my shoes\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> EmbeddedRedis.start(folder, 0, binaries + File.pathSeparator + "/nowhere"))
                .isInstanceOf(ServerStartException.class)
                .hasMessageStartingWith("Redis cannot start on port ")
                .hasMessageEndingWith("it ended at once; its last words: warming up | cannot find my shoes")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(folder, taken.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("Redis cannot start: port %d of 127.0.0.1 is in use", taken.getLocalPort());
        }
    }

    private static <T> T ask(EmbeddedRedis redis, Function<RedisCommands<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }
}
