package dev.dibs.audit;

import dev.dibs.audit.AuditSourceException.Source;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.net.URI;
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

    private static final String CLUSTER = "redis-cluster://";

    private final String where;
    private final AbstractRedisClient client;
    private final StatefulConnection<String, String> connection;
    private final RedisClusterCommands<String, String> redis;

    RedisSource(AuditSources sources) {
        List<RedisURI> uris = parse(sources.redis());
        this.where = uris.get(0).getHost() + ":" + uris.get(0).getPort();
        if (sources.redis().startsWith(CLUSTER)) {
            RedisClusterClient cluster = RedisClusterClient.create(uris);
            this.client = cluster;
            StatefulRedisClusterConnection<String, String> opened = connect(cluster::connect);
            this.connection = opened;
            this.redis = opened.sync();
        } else {
            RedisClient single = RedisClient.create(uris.get(0));
            this.client = single;
            StatefulRedisConnection<String, String> opened = connect(single::connect);
            this.connection = opened;
            this.redis = opened.sync();
        }
    }

    private static List<RedisURI> parse(String address) {
        try {
            List<RedisURI> uris = address.startsWith(CLUSTER)
                    ? RedisClusterURIUtil.toRedisURIs(URI.create("redis://" + address.substring(CLUSTER.length())))
                    : List.of(RedisURI.create(address));
            uris.forEach(uri -> uri.setTimeout(TIMEOUT));
            return uris;
        } catch (IllegalArgumentException e) {
            // The URI may hold a password, so nothing of it is repeated.
            throw new AuditSourceException(Source.REDIS, "(no address)", "its URI is malformed", null);
        }
    }

    private <T> T connect(Supplier<T> connecting) {
        try {
            return read(connecting);
        } catch (AuditSourceException e) {
            client.shutdown();
            throw e;
        }
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
