package dev.dibs.api.wiring;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Sentinel once a second who the master is. When that changes, connections to the old one are closed: it may
 * still be running somewhere and answer, and what it hands out would only be void.
 */
final class SentinelWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SentinelWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RedisClient client;
    private final String masterId;
    private final RedisChannels channels;
    private final ScheduledExecutorService timer;
    private StatefulRedisSentinelConnection<String, String> sentinel;
    private SocketAddress master;

    SentinelWatch(RedisClient client, String masterId, RedisChannels channels) {
        this.client = client;
        this.masterId = masterId;
        this.channels = channels;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sentinel-watch");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (sentinel == null) {
                sentinel = client.connectSentinel();
            }
            SocketAddress now = sentinel.sync().getMasterAddrByName(masterId);
            if (master != null && now != null && !now.equals(master)) {
                log.warn("Redis has another master; masterId={} before={} now={}", masterId, master, now);
                channels.closeThoseTo(master);
            }
            master = now == null ? master : now;
        } catch (RedisException e) {
            // Connections that work go on without Sentinels; the next look asks another one.
            log.debug("No Sentinel answers; masterId={} error={}", masterId, e.toString());
            letGo();
        } catch (RuntimeException e) {
            log.warn("Sentinels cannot be watched; masterId={} error={}", masterId, e.toString());
            letGo();
        }
    }

    private void letGo() {
        if (sentinel != null) {
            sentinel.closeAsync();
            sentinel = null;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
