package dev.dibs.api.wiring;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Sentinel once a second who the master is. When that changes, connections to the old one are closed: it may
 * still be running somewhere and answer. What it hands out would only be void; and where a claim goes to one server and
 * the recovery that it asks for to the other, neither ever gets on.
 */
final class SentinelWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SentinelWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RedisClient client;
    private final String masterId;
    private final RedisChannels channels;
    private final ScheduledExecutorService timer;
    /** Servers that were master before, and are not now. */
    private final Set<SocketAddress> former = new HashSet<>();

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
        // Once before anybody connects: who connects to a master that is replaced in the next moment is noticed, too.
        look();
        timer.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (sentinel == null) {
                sentinel = client.connectSentinel();
            }
            SocketAddress now = resolved(sentinel.sync().getMasterAddrByName(masterId));
            if (now != null && !now.equals(master)) {
                changed(now);
            }
            // Also whoever has come back to one of them, sent there by a Sentinel that did not know better.
            former.forEach(channels::closeThoseTo);
        } catch (RedisException e) {
            // Connections that work go on without Sentinels; the next look asks another one.
            log.debug("No Sentinel answers; masterId={} error={}", masterId, e.toString());
            letGo();
        } catch (RuntimeException e) {
            log.warn("Sentinels cannot be watched; masterId={} error={}", masterId, e.toString());
            letGo();
        }
    }

    private void changed(SocketAddress now) {
        if (master != null) {
            log.warn("Redis has another master; masterId={} before={} now={}", masterId, master, now);
            former.add(master);
        }
        former.remove(now);
        master = now;
    }

    /** As the addresses of channels are, so that they can be compared. */
    private static SocketAddress resolved(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.isUnresolved()
                ? new InetSocketAddress(inet.getHostString(), inet.getPort())
                : address;
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
