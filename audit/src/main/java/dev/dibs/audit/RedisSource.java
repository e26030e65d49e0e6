package dev.dibs.audit;

import dev.dibs.audit.AuditSourceException.Source;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads keys of Redis, large ones piece by piece. */
final class RedisSource implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PIECE = 1_000;

    private final String where;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> redis;

    RedisSource(AuditSources sources) {
        RedisURI uri;
        try {
            uri = RedisURI.create(sources.redis());
        } catch (IllegalArgumentException e) {
            // The URI may hold a password, so nothing of it is repeated.
            throw new AuditSourceException(Source.REDIS, "(no address)", "its URI is malformed", null);
        }
        uri.setTimeout(TIMEOUT);
        this.where = uri.getHost() + ":" + uri.getPort();
        this.client = RedisClient.create(uri);
        try {
            this.connection = read(client::connect);
        } catch (AuditSourceException e) {
            client.shutdown();
            throw e;
        }
        this.redis = connection.sync();
    }

    Map<String, String> hash(String key) {
        return read(() -> redis.hgetall(key));
    }

    long hashSize(String key) {
        return read(() -> redis.hlen(key));
    }

    long streamSize(String key) {
        return read(() -> redis.xlen(key));
    }

    /** Hands every field of a hash to the row; one that is moved about meanwhile may come twice. */
    void scanHash(String key, BiConsumer<String, String> row) {
        ScanArgs piece = ScanArgs.Builder.limit(PIECE);
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            MapScanCursor<String, String> found = read(() -> redis.hscan(key, from, piece));
            found.getMap().forEach(row);
            cursor = found;
        } while (!cursor.isFinished());
    }

    void scanList(String key, Consumer<String> row) {
        List<String> found;
        long from = 0;
        do {
            long start = from;
            found = read(() -> redis.lrange(key, start, start + PIECE - 1));
            found.forEach(row);
            from += PIECE;
        } while (found.size() == PIECE);
    }

    private <T> T read(Supplier<T> command) {
        try {
            return command.get();
        } catch (RedisException e) {
            Throwable said = e.getCause() != null && e.getCause().getMessage() != null ? e.getCause() : e;
            throw new AuditSourceException(Source.REDIS, where, String.valueOf(said.getMessage()), e);
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
