package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.fault.Leases.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Redis is emptied, both instances begin to rebuild it, and one that is just rebuilding an activity is killed: the moment
 * differs each time, so that over many runs every step of a recovery is hit. It was in the middle of one if its lease is
 * still there when it is dead, for nobody gave it back.
 */
final class RecoveryKilled implements Fault {
    /** The relay looks every second whether there is something to rebuild. */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(15);

    private static final Duration LOOK = Duration.ofMillis(2);
    private static final int INTO_IT_MILLIS = 60;

    @Override
    public String name() {
        return "recovery-killed";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.API, Part.REDIS, Part.DOCUMENTS);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        RedisNode master = Choice.master(cluster, random);
        Leases leases = new Leases(master::call);
        master.call("FLUSHALL");
        String what = "FLUSHALL on " + master.member().name() + ", ";
        long begun = System.nanoTime();
        Optional<Lease> lease =
                caught(leases, random, holder -> cluster.member(holder).isAlive());
        long later = (System.nanoTime() - begun) / 1_000_000;
        if (lease.isEmpty()) {
            return Outcome.notMade(what + "but nobody was caught rebuilding it");
        }
        String holder = lease.get().holder();
        cluster.member(holder).kill();
        return Outcome.madeIf(
                leases.isHeld(lease.get()),
                what + later + " ms later kill -9 " + holder + ", which held "
                        + lease.get().key());
    }

    /** A lease that was held and is still held a moment later. */
    private static Optional<Lease> caught(Leases leases, Random random, Predicate<String> runs) {
        long end = System.nanoTime() + BEGINS_WITHIN.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<Lease> lease = leases.any().filter(l -> runs.test(l.holder()));
            if (lease.isPresent()) {
                Patience.pause(Duration.ofMillis(random.nextInt(INTO_IT_MILLIS)));
                if (leases.isHeld(lease.get())) {
                    return lease;
                }
            }
            Patience.pause(LOOK);
        }
        return Optional.empty();
    }

    @Override
    public void heal(Cluster cluster) {
        // The instance is started with all that are down.
    }
}
