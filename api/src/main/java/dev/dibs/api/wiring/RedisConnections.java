package dev.dibs.api.wiring;

import dev.dibs.api.CannotStartException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections to Redis. A shared connection pipelines by itself; each kind of work has one of its own, so that a
 * recovery's bulk never stands before a claim.
 */
public final class RedisConnections implements AutoCloseable {
    private static final int MAX_QUEUED = 50_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisClient client;
    private final List<StatefulRedisConnection<String, String>> open = new ArrayList<>();

    /** @param commandTimeout after which a command without an answer fails */
    RedisConnections(String uri, Duration commandTimeout) {
        RedisURI parsed;
        try {
            parsed = RedisURI.create(uri);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("dibs.redis must be a URI such as redis://127.0.0.1:6379", e);
        }
        parsed.setTimeout(CONNECT_TIMEOUT);
        resources =
                ClientResources.builder().nettyCustomizer(new FlushTogether()).build();
        client = RedisClient.create(resources, parsed);
        client.setOptions(ClientOptions.builder()
                // A command that was in flight when the connection broke may have been executed; never send it twice.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_QUEUED)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
                .build());
    }

    /** A connection of its own. */
    public RedisAsyncCommands<String, String> connect() {
        try {
            StatefulRedisConnection<String, String> connection = client.connect();
            open.add(connection);
            return connection.async();
        } catch (RedisException e) {
            client.shutdown();
            throw new CannotStartException("Redis cannot be reached at the address in dibs.redis", e);
        }
    }

    @Override
    public void close() {
        open.forEach(StatefulRedisConnection::close);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS);
    }

    /** One system call for all commands that are waiting when the event loop comes round, instead of one for each. */
    private static final class FlushTogether implements NettyCustomizer {
        private static final int AT_MOST = 256;

        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline().addFirst(new FlushConsolidationHandler(AT_MOST, true));
        }
    }
}
