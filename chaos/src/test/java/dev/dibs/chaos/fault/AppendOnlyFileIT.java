package dev.dibs.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.servers.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real Redis 7, which keeps its file in parts. */
class AppendOnlyFileIT {
    private static final int KEYS = 2_000;

    @TempDir
    private Path folder;

    private long keysAfter(Runnable tampering) {
        Path data = folder.resolve("redis");
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            write(redis);
            redis.kill();
        }
        Assumptions.assumeTrue(
                data.resolve("appendonlydir").toFile().isDirectory(), "Redis older than 7 keeps its file otherwise");
        tampering.run();
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            return count(redis);
        }
    }

    private static void write(EmbeddedRedis redis) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            for (int i = 0; i < KEYS; i++) {
                connection.sync().set("key" + i, "value" + i);
            }
        }
    }

    private static long count(EmbeddedRedis redis) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().dbsize();
        }
    }

    private AppendOnlyFile file() {
        return new AppendOnlyFile(folder.resolve("redis"));
    }

    @Test
    void killingAloneLosesNothing() {
        assertThat(keysAfter(() -> {})).isEqualTo(KEYS);
    }

    @Test
    void aTruncatedFileLacksItsLastWritesAndRedisStartsAllTheSame() {
        assertThat(keysAfter(() -> file().truncate(new Random(5)))).isBetween(1L, KEYS - 1L);
    }

    @Test
    void aCopyThatIsRestoredBringsBackWhatWasThereThen() throws IOException {
        Path copy = folder.resolve("copy");
        Path data = folder.resolve("redis");
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            write(redis);
            Assumptions.assumeTrue(
                    data.resolve("appendonlydir").toFile().isDirectory(),
                    "Redis older than 7 keeps its file otherwise");
            file().copyTo(copy);
            try (RedisClient client = RedisClient.create(redis.uri());
                    StatefulRedisConnection<String, String> connection = client.connect()) {
                connection.sync().set("later", "written");
            }
            redis.kill();
        }
        file().restoreFrom(copy);
        try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
            assertThat(count(redis)).isEqualTo(KEYS);
        }
    }
}
