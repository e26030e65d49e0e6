package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.proxy.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All faults by name. Each is made anew for each time, for it remembers what it has to mend. */
public final class Faults {
    private Faults() {}

    /** Those that can be staged on such an installation and on this machine, in a fixed order. */
    public static Map<String, Supplier<Fault>> on(RedisKind kind) {
        List<Supplier<Fault>> all = new ArrayList<>();
        processes(all);
        redis(all);
        if (kind == RedisKind.SENTINEL) {
            sentinels(all);
        }
        network(all);
        data(all);
        Map<String, Supplier<Fault>> byName = new LinkedHashMap<>();
        all.forEach(fault -> byName.put(fault.get().name(), fault));
        return byName;
    }

    private static void processes(List<Supplier<Fault>> all) {
        for (String who : List.of("api", "processor", "projector", "documents", "kafka")) {
            all.add(() -> new Killed(who + "-killed", Choice.one(who)));
            all.add(() -> new Held(who + "-held", Choice.one(who)));
        }
        all.add(() -> new Killed("kafka-two-killed", Choice.some("kafka-", 2)));
        all.add(() -> new Held("kafka-two-held", Choice.some("kafka-", 2)));
        all.add(() -> new Killed("api-both-killed", Choice.some("api-", 2)));
        all.add(() -> new Killed("processor-both-killed", Choice.some("processor-", 2)));
        for (String who : List.of("api", "processor", "projector", "kafka")) {
            all.add(() -> new Restarted(who + "-restarted", Choice.one(who)));
        }
        all.add(LeaderThenSuccessor::new);
        all.add(RollingRestart::new);
    }

    private static void redis(List<Supplier<Fault>> all) {
        all.add(() -> new Killed("redis-master-killed", Choice.redisMaster()));
        all.add(() -> new Held("redis-master-held", Choice.redisMaster()));
        all.add(TruncatedFile::new);
        all.add(OlderFile::new);
        all.add(() -> new RedisCommand("redis-flushall", "FLUSHALL"));
        all.add(() -> new RedisCommand("redis-script-flush", "SCRIPT", "FLUSH"));
        all.add(RecoveryKilled::new);
    }

    private static void sentinels(List<Supplier<Fault>> all) {
        all.add(() -> new Killed("redis-replica-killed", Choice.redisReplica()));
        all.add(() -> new Held("redis-replica-held", Choice.redisReplica()));
        all.add(() -> new Killed("sentinel-killed", Choice.one("sentinel-")));
        all.add(() -> new Held("sentinel-held", Choice.one("sentinel-")));
        all.add(StaleReplica::new);
        all.add(SplitBrain::new);
        all.add(BackAndForth::new);
    }

    private static void network(List<Supplier<Fault>> all) {
        for (String servers : List.of("redis-", "kafka-", "documents")) {
            Trouble.thatBreak().forEach(trouble -> all.add(() -> new TroubledLink(trouble, servers)));
        }
    }

    private static void data(List<Supplier<Fault>> all) {
        all.add(UndecodableRecord::new);
        all.add(ProjectionWiped::new);
        all.add(StatisticsRebuildKilled::new);
        all.add(() -> new FullDisk("redis-disk-full", Choice.redisMaster()));
        all.add(() -> new FullDisk("kafka-disk-full", Choice.one("kafka-")));
        if (WrongClock.canBeStaged()) {
            all.add(WrongClock::new);
        }
    }
}
