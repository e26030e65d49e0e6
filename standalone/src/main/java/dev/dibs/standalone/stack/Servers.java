package dev.dibs.standalone.stack;

import dev.dibs.documents.Documents;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.servers.EmbeddedRedis;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The three servers: embedded ones on a data folder, or those that are given. */
final class Servers {
    private Servers() {}

    /** Fails where a given server cannot be reached, before anything is started. */
    static void requireReachable(StackOptions options) {
        options.kafka().ifPresent(a -> Reachability.require("Kafka", "DIBS_KAFKA", a, 9092));
        options.redis().ifPresent(a -> Reachability.require("Redis", "DIBS_REDIS", a, 6379));
        options.mongodb().ifPresent(a -> Reachability.require("MongoDB", "DIBS_MONGODB", a, 27017));
    }

    /** Starts what is not given. What was started is in {@code parts} also when a later one fails. */
    static Addresses start(DataFolder folder, StackOptions options, Parts parts, StackListener listener) {
        String kafka = part("Kafka", options.kafka(), listener, () -> {
            EmbeddedKafka server = EmbeddedKafka.start(folder.kafka());
            parts.add("Kafka", server);
            return server.bootstrapServers();
        });
        String redis = part("Redis", options.redis(), listener, () -> {
            EmbeddedRedis server = EmbeddedRedis.start(folder.redis());
            parts.add("Redis", server);
            return server.uri();
        });
        String mongodb = part("document database", options.mongodb(), listener, () -> {
            EmbeddedMongo server = EmbeddedMongo.start(folder.mongodb());
            parts.add("document database", server);
            return server.uri();
        });
        return new Addresses(kafka, redis, mongodb, Documents.DATABASE);
    }

    private static String part(String name, Optional<String> given, StackListener listener, Supplier<String> embedded) {
        long start = System.nanoTime();
        String address = given.orElseGet(embedded);
        listener.started(
                name + (given.isPresent() ? " (given)" : ""),
                Addresses.shown(address),
                Duration.ofNanos(System.nanoTime() - start));
        return address;
    }
}
