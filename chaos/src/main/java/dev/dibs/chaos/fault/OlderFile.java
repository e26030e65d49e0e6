package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** Somebody restores a backup: Redis comes back as the same master with what it knew some seconds ago. */
final class OlderFile implements Fault {

    @Override
    public String name() {
        return "redis-older-file-restored";
    }

    @Override
    public Set<Part> parts() {
        return Part.REDIS_AND_ITS_CODES;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        RedisNode master = Choice.master(cluster, random);
        AppendOnlyFile file = new AppendOnlyFile(master);
        Path copy = master.member().folder().resolve("backup");
        file.copyTo(copy);
        Duration age = Duration.ofMillis(1_000 + random.nextInt(7_000));
        Patience.pause(age);
        WithoutSentinels.run(cluster, () -> {
            master.member().kill();
            file.restoreFrom(copy);
            master.member().start();
            master.member().awaitReady();
        });
        return Outcome.made(master.member().name() + " restored to " + age.toMillis() + " ms ago");
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofSeconds(1);
    }

    @Override
    public void heal(Cluster cluster) {
        // It is up already.
    }
}
