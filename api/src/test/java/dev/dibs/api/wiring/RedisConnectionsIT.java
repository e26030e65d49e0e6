package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.CannotStartException;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.testkit.TestServers;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisConnectionsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MORE_THAN_ONE_ATTEMPT = Duration.ofSeconds(3);

    @Test
    void aRefusedPasswordIsNotToldAsAServerThatIsAway() {
        String address = TestServers.redis().replace("redis://", "redis://nobody:a-wrong-password@");

        assertThatThrownBy(() -> new RedisConnections(address, TIMEOUT).connect())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("dibs.redis", "WRONGPASS")
                .hasMessageNotContaining("a-wrong-password");
    }

    /** On a busy machine, as when all starts at once: each start that is given up makes it busier. */
    @Test
    void aServerThatDoesNotAnswerYetIsWaitedFor(@TempDir Path folder) throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder);
                RedisConnections connections = new RedisConnections(redis.uri(), TIMEOUT)) {
            signal("STOP", redis);
            CompletableFuture<RedisClusterAsyncCommands<String, String>> connecting =
                    CompletableFuture.supplyAsync(connections::connect);
            try {
                await().during(MORE_THAN_ONE_ATTEMPT).until(() -> !connecting.isDone());
            } finally {
                signal("CONT", redis);
            }

            assertThat(connecting.get(60, TimeUnit.SECONDS).ping().get(60, TimeUnit.SECONDS))
                    .isEqualTo("PONG");
        }
    }

    @Test
    void itIsNotWaitedForForEver(@TempDir Path folder) throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            signal("STOP", redis);
            try {
                assertThatThrownBy(() -> new RedisConnections(redis.uri(), TIMEOUT, MORE_THAN_ONE_ATTEMPT).connect())
                        .isInstanceOf(CannotStartException.class)
                        .hasMessageContainingAll("dibs.redis", "timed out");
            } finally {
                signal("CONT", redis);
            }
        }
    }

    private static void signal(String name, EmbeddedRedis redis) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.pid()))
                .start()
                .waitFor();
    }

    @Test
    void aServerThatIsAwayIsToldAsSuch() {
        assertThatThrownBy(() -> new RedisConnections("redis://127.0.0.1:1", TIMEOUT).connect())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("dibs.redis", "refused");
    }
}
