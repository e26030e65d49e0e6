package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.servers.Executables;
import dev.dibs.servers.FreePorts;
import dev.dibs.servers.ServerProcess;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, a replica and a Sentinel, all real. */
class RedisFailOverIT {
    private static final String MASTER = "dibs";
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private EmbeddedRedis first;
    private EmbeddedRedis second;
    private ServerProcess sentinel;
    private int sentinelPort;
    private RedisConnections connections;

    @BeforeEach
    void start() throws IOException {
        Path server = Executables.find("redis-server").orElse(null);
        Assumptions.assumeTrue(server != null, "no redis-server is installed, so no Sentinel either");
        first = EmbeddedRedis.start(folder.resolve("first"));
        second = EmbeddedRedis.start(folder.resolve("second"));
        replicate();
        sentinelPort = FreePorts.next();
        Path settings = Files.writeString(
                folder.resolve("sentinel.conf"),
                String.join(
                        "\n",
                        "bind 127.0.0.1",
                        "port " + sentinelPort,
                        "dir " + folder,
                        "sentinel monitor " + MASTER + " 127.0.0.1 " + first.port() + " 1",
                        "sentinel down-after-milliseconds " + MASTER + " 5000",
                        "sentinel failover-timeout " + MASTER + " 10000",
                        ""));
        sentinel =
                ServerProcess.start("sentinel", List.of(server.toString(), settings.toString(), "--sentinel"), folder);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                // Not before it has asked the replica itself does it take it for one that may become the master.
                .until(() -> ask(sentinels -> sentinels.replicas(MASTER))
                        .get(0)
                        .get("master-link-status")
                        .equals("ok"));
    }

    @AfterEach
    void stop() {
        if (connections != null) {
            connections.close();
        }
        sentinel.close();
        second.close();
        first.close();
    }

    private void replicate() {
        try (RedisClient client = RedisClient.create(second.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().replicaof("127.0.0.1", first.port());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> connection.sync().info("replication").contains("master_link_status:up"));
        }
    }

    /** A Sentinel would demote it ten seconds after replacing it, and so end the connections that are looked at. */
    private void staysAMaster(EmbeddedRedis redis) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection
                    .sync()
                    .aclSetuser(
                            "default",
                            AclSetuserArgs.Builder.removeCommand(CommandType.REPLICAOF)
                                    .removeCommand(CommandType.SLAVEOF));
        }
    }

    private String address() {
        return "redis-sentinel://127.0.0.1:" + sentinelPort + "#" + MASTER;
    }

    private int master() {
        return ((InetSocketAddress) ask(sentinels -> sentinels.getMasterAddrByName(MASTER))).getPort();
    }

    private interface Question<T> {
        T of(io.lettuce.core.sentinel.api.sync.RedisSentinelCommands<String, String> sentinels);
    }

    private <T> T ask(Question<T> question) {
        try (RedisClient client = RedisClient.create(RedisURI.Builder.sentinel("127.0.0.1", sentinelPort, MASTER)
                        .build());
                StatefulRedisSentinelConnection<String, String> connection = client.connectSentinel()) {
            return question.of(connection.sync());
        }
    }

    private List<RedisClusterAsyncCommands<String, String>> connect() {
        connections = new RedisConnections(address(), Duration.ofMillis(500));
        return IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> connections.connect())
                .toList();
    }

    private static void awaitAllOn(List<RedisClusterAsyncCommands<String, String>> all, EmbeddedRedis server) {
        // While it is connected to anew a command is refused, or not answered.
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            for (RedisClusterAsyncCommands<String, String> one : all) {
                assertThat(one.configGet("port").get(1, TimeUnit.SECONDS))
                        .containsEntry("port", Integer.toString(server.port()));
            }
        });
    }

    @Test
    void noConnectionStaysWithAMasterThatWasReplacedThoughItStillAnswers() {
        List<RedisClusterAsyncCommands<String, String>> all = connect();
        awaitAllOn(all, first);
        staysAMaster(first);

        ask(sentinels -> sentinels.failover(MASTER));

        // Of several, some would find the way by themselves and some would not: then a claim and the recovery that it
        // asks for go to different servers.
        awaitAllOn(all, second);
    }

    @Test
    void withoutLookingAtTheSentinelsAConnectionStaysWithTheMasterThatWasReplaced() {
        try (RedisClient client = RedisClient.create(address());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            int before = first.port();
            staysAMaster(first);

            ask(sentinels -> sentinels.failover(MASTER));

            Awaitility.await().atMost(PATIENCE).until(() -> master() == second.port());
            assertThat(connection.sync().configGet("port")).containsEntry("port", Integer.toString(before));
            assertThat(connection.sync().set("key", "written to the wrong one")).isEqualTo("OK");
        }
    }

    @Test
    void aMasterThatStandsStillIsLeftForTheNewOneThoughNoConnectionBreaks() throws Exception {
        List<RedisClusterAsyncCommands<String, String>> all = connect();
        awaitAllOn(all, first);

        new ProcessBuilder("kill", "-STOP", Long.toString(first.pid())).start().waitFor();

        try {
            awaitAllOn(all, second);
        } finally {
            new ProcessBuilder("kill", "-CONT", Long.toString(first.pid()))
                    .start()
                    .waitFor();
        }
    }
}
