package dev.dibs.chaos.cluster;

import dev.dibs.chaos.proxy.Network;
import dev.dibs.servers.Executables;
import dev.dibs.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One redis-server, as data node or as Sentinel.
 *
 * @param port that it listens on
 * @param announced where the proxy listens for it; what it and the Sentinels tell others
 */
public record RedisNode(Member member, int port, int announced) {

    /** @param settings beside the usual ones; {@code %port%} and {@code %announced%} stand for the node's ports */
    static RedisNode data(String name, Path folder, Path pids, Network network, List<String> settings) {
        List<String> lines = new ArrayList<>(List.of(
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"",
                "maxmemory-policy noeviction",
                "repl-diskless-sync-delay 0",
                "repl-ping-replica-period 1"));
        lines.addAll(settings);
        return create(name, folder, pids, network, lines, List.of());
    }

    static RedisNode sentinel(String name, Path folder, Path pids, Network network, List<String> settings) {
        return create(name, folder, pids, network, settings, List.of("--sentinel"));
    }

    private static RedisNode create(
            String name, Path folder, Path pids, Network network, List<String> settings, List<String> options) {
        int port = FreePorts.next();
        int announced = network.front(name, port);
        Path own = folder.resolve(name);
        Path file = own.resolve("redis.conf");
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port, "dir " + own, "daemonize no"));
        settings.forEach(line -> lines.add(
                line.replace("%port%", Integer.toString(port)).replace("%announced%", Integer.toString(announced))));
        try {
            Files.createDirectories(own);
            Files.write(file, lines);
        } catch (IOException e) {
            throw new ClusterException("The settings of Redis cannot be written to " + file, e);
        }
        // An ignored signal stays so in the program that takes the shell's place: where a file may not grow any more,
        // Redis then gets an error as from a full disk, instead of being killed.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' XFSZ; exec \"$@\"", "redis"));
        command.add(binary());
        command.add(file.toString());
        command.addAll(options);
        return new RedisNode(
                new Member(name, own, pids, Launch.of(command), () -> RedisCalls.isReady(port)), port, announced);
    }

    private static String binary() {
        return Executables.find("redis-server")
                .orElseThrow(() -> new ClusterException("redis-server is not installed; it is needed with Sentinels"))
                .toString();
    }

    String name() {
        return member.name();
    }

    /** Asks the server itself, past the proxy. */
    public String call(String... words) {
        return RedisCalls.call(port, words);
    }

    /** How many keys it has. */
    public long keys() {
        return Long.parseLong(call("DBSIZE"));
    }

    /** Whether it takes itself for a master; false also while it does not answer. */
    public boolean isMaster() {
        return RedisCalls.roleOf(port).equals("master");
    }
}
