package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SnapshotWriterIT {
    /** More than two batches of the writer. */
    private static final int MANY = 2_100;

    @Test
    void ofEachBatchItIsTold() {
        ActivityId id = TestIds.activity("snapshot");
        InventoryKeys keys = new InventoryKeys(id);
        RedisClient redis = RedisClient.create(TestServers.redis());
        try (StatefulRedisConnection<String, String> connection = redis.connect()) {
            AtomicInteger batches = new AtomicInteger();

            // Nobody holds anything, so that all of it is free.
            SnapshotWriter.write(
                    new MemoryActivityAccount(),
                    MANY,
                    new Construction(connection.async(), keys, "nonce"),
                    batches::incrementAndGet);

            assertThat(batches).hasValue(3);
            String free = keys.underConstruction("nonce", "free");
            assertThat(connection.sync().lrange(free, 0, -1))
                    .isEqualTo(
                            IntStream.range(0, MANY).mapToObj(Integer::toString).toList());
            assertThat(connection.sync().ttl(free)).isPositive();
            connection.sync().del(free);
        } finally {
            redis.shutdown();
        }
    }
}
