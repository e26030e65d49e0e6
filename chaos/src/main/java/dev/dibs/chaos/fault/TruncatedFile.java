package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.RedisNode;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Redis comes back as the same master, but its last writes are lost. */
final class TruncatedFile implements Fault {

    @Override
    public String name() {
        return "redis-file-truncated";
    }

    @Override
    public Set<Part> parts() {
        return Part.REDIS_AND_ITS_CODES;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        RedisNode master = Choice.master(cluster, random);
        AtomicReference<Outcome> lost = new AtomicReference<>();
        WithoutSentinels.run(cluster, () -> {
            master.member().kill();
            lost.set(new AppendOnlyFile(master).truncate(random));
            master.member().start();
            master.member().awaitReady();
        });
        return Outcome.madeIf(
                lost.get().made(),
                master.member().name() + " killed, its file without its last "
                        + lost.get().what() + ", and started");
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
