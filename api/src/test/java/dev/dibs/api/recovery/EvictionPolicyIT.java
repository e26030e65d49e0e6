package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.servers.EmbeddedRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvictionPolicyIT {
    @TempDir
    private Path folder;

    @Test
    void whoeverMayThrowKeysAwayOrDoesNotSayIsComplainedOf() {
        try (EmbeddedRedis server = EmbeddedRedis.start(folder);
                RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(EvictionPolicy.complaint(connection.async())).isEmpty();

            connection.sync().configSet("maxmemory-policy", "allkeys-lru");
            assertThat(EvictionPolicy.complaint(connection.async()))
                    .hasValueSatisfying(text -> assertThat(text).contains("allkeys-lru", "noeviction"));

            connection.sync().aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.CONFIG));
            assertThat(EvictionPolicy.complaint(connection.async()))
                    .hasValueSatisfying(text -> assertThat(text).contains("not known"));
        }
    }
}
