package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.RedisNode;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** Somebody gives Redis a command that they should not have given. */
final class RedisCommand implements Fault {
    private final String name;
    private final String[] command;

    RedisCommand(String name, String... command) {
        this.name = name;
        this.command = command.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Part> parts() {
        return Part.REDIS_AND_ITS_CODES;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        RedisNode master = Choice.master(cluster, random);
        long keys = master.keys();
        if (keys == 0) {
            return Outcome.notMade(master.member().name() + " held nothing");
        }
        return Outcome.made(String.join(" ", command) + " on " + master.member().name() + ", which had " + keys
                + " keys: " + master.call(command));
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(500);
    }

    @Override
    public void heal(Cluster cluster) {
        // What was done is done.
    }
}
