package dev.dibs.api.wiring;

import dev.dibs.api.CannotStartException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to Redis: to one server, to the master that Sentinels name, or to a cluster. A shared connection
 * pipelines by itself; each kind of work has one of its own, so that a recovery's bulk never stands before a claim.
 */
public final class RedisConnections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisConnections.class);
    private static final String CLUSTER = "redis-cluster://";
    private static final int MAX_QUEUED = 50_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** An answer that is this much later than its command's timeout will not come any more. */
    private static final Duration SILENCE_MARGIN = Duration.ofMillis(1_500);

    /** A server or machine that is busy, as when all starts at once, is waited for; the log is waited for as long. */
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private static final Duration CLUSTER_LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Duration startsWithin;
    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Optional<SentinelWatch> watch;
    private final RedisChannels channels;
    private final ReplicaExit replicaExit;
    private final List<StatefulConnection<String, String>> open = new ArrayList<>();

    /**
     * @param address {@code redis://host:port}, {@code redis-sentinel://host:port,host:port…#master}, or
     *     {@code redis-cluster://host:port,host:port…}
     * @param commandTimeout after which a command without an answer fails
     */
    RedisConnections(String address, Duration commandTimeout) {
        this(address, commandTimeout, STARTS_WITHIN);
    }

    /** @param startsWithin how long a server is waited for that is there and does not answer */
    RedisConnections(String address, Duration commandTimeout, Duration startsWithin) {
        this.startsWithin = startsWithin;
        List<RedisURI> uris = parse(address);
        channels = new RedisChannels(commandTimeout.plus(SILENCE_MARGIN));
        replicaExit = new ReplicaExit(channels::closeAll, System::nanoTime);
        resources = ClientResources.builder()
                .nettyCustomizer(channels)
                // The library's own delays grow to half a minute, in which a new master would stay without its clients.
                .reconnectDelay(Delay.exponential(10, 500, TimeUnit.MILLISECONDS, 2))
                .build();
        if (address.startsWith(CLUSTER)) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
            cluster.setOptions(clusterOptions(options(commandTimeout)));
            client = cluster;
            watch = Optional.empty();
        } else {
            RedisURI uri = uris.get(0);
            RedisClient single = RedisClient.create(resources, uri);
            single.setOptions(options(commandTimeout));
            client = single;
            watch = uri.getSentinels().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SentinelWatch(single, uri.getSentinelMasterId(), channels));
        }
    }

    private static List<RedisURI> parse(String address) {
        try {
            List<RedisURI> uris = address.startsWith(CLUSTER)
                    ? RedisClusterURIUtil.toRedisURIs(URI.create("redis://" + address.substring(CLUSTER.length())))
                    : List.of(RedisURI.create(address));
            uris.forEach(uri -> uri.setTimeout(CONNECT_TIMEOUT));
            uris.forEach(uri -> uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(CONNECT_TIMEOUT)));
            return uris;
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(
                    "dibs.redis must be a URI such as redis://127.0.0.1:6379,"
                            + " redis-sentinel://host:26379,host:26379#master or redis-cluster://host:6379,host:6379",
                    e);
        }
    }

    private static ClientOptions options(Duration commandTimeout) {
        return ClientOptions.builder()
                // A command that was in flight when the connection broke may have been executed; never send it twice.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_QUEUED)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
                .build();
    }

    private static ClusterClientOptions clusterOptions(ClientOptions options) {
        return ClusterClientOptions.builder(options)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(CLUSTER_LOOK_EVERY)
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                        .build())
                .build();
    }

    /**
     * A connection of its own. All commands must name keys of one activity only, or no key at all.
     *
     * @throws CannotStartException when the server refuses, or does not answer for a minute
     */
    public RedisClusterAsyncCommands<String, String> connect() {
        try {
            if (client instanceof RedisClusterClient cluster) {
                StatefulRedisClusterConnection<String, String> connection = patiently(cluster::connect);
                open.add(connection);
                return connection.async();
            }
            StatefulRedisConnection<String, String> connection = patiently(((RedisClient) client)::connect);
            open.add(connection);
            return connection.async();
        } catch (RedisException e) {
            close();
            throw new CannotStartException(
                    "Redis at the address in dibs.redis cannot be used: "
                            + rootOf(e).getMessage(),
                    e);
        }
    }

    /** Who is refused is told at once; what takes an attempt's whole time-out was not answered, and is asked again. */
    private <T> T patiently(Supplier<T> connecting) {
        long begin = System.nanoTime();
        while (true) {
            long attempt = System.nanoTime();
            try {
                return connecting.get();
            } catch (RedisException e) {
                long now = System.nanoTime();
                if (now - attempt < CONNECT_TIMEOUT.toNanos() || now - begin >= startsWithin.toNanos()) {
                    throw e;
                }
                log.warn(
                        "Redis does not answer, and is asked again; reason={}",
                        rootOf(e).getMessage());
            }
        }
    }

    private static Throwable rootOf(Throwable error) {
        return error.getCause() == null ? error : rootOf(error.getCause());
    }

    /** For when an answer was somebody else's: closes all connections, which come back; what was asked on them fails. */
    public void connectAnew() {
        log.error("An answer of Redis has got to somebody else's question; all connections are made anew");
        channels.closeAll();
    }

    /** For when the server takes no writes: as {@link #connectAnew}, but at most once a second. */
    public void leaveReplica() {
        replicaExit.leave();
    }

    @Override
    public void close() {
        watch.ifPresent(SentinelWatch::close);
        open.forEach(StatefulConnection::close);
        client.shutdown(Duration.ZERO, STOP_WITHIN);
        resources.shutdown(0, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
