package dev.dibs.testkit;

import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.servers.EmbeddedRedis;

/** Those that Dibs brings along, in a temporary folder. */
final class EmbeddedServers implements ServerSet {
    private final TemporaryFolder folder = TemporaryFolder.create("dibs-test-servers");
    private final Lazy<EmbeddedKafka> kafka =
            new Lazy<>(() -> EmbeddedKafka.start(folder.resolve("kafka")), EmbeddedKafka::close);
    private final Lazy<EmbeddedRedis> redis =
            new Lazy<>(() -> EmbeddedRedis.start(folder.resolve("redis")), EmbeddedRedis::close);
    private final Lazy<EmbeddedMongo> mongodb =
            new Lazy<>(() -> EmbeddedMongo.start(folder.resolve("mongodb")), EmbeddedMongo::close);

    @Override
    public String description() {
        return "embedded servers in " + folder.path();
    }

    @Override
    public String kafka() {
        return kafka.get().bootstrapServers();
    }

    @Override
    public String redis() {
        return redis.get().uri();
    }

    @Override
    public String mongodb() {
        return mongodb.get().uri();
    }

    @Override
    public void close() {
        mongodb.close();
        redis.close();
        kafka.close();
        folder.close();
    }
}
