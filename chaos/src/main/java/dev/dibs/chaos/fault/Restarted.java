package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Processes are asked to stop, as a new version would ask them, and started again. */
final class Restarted implements Fault {
    private final String name;
    private final Choice choice;

    Restarted(String name, Choice choice) {
        this.name = name;
        this.choice = choice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.called(name));
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        List<Member> chosen = choice.of(cluster, random);
        List<Member> ended = chosen.stream().filter(Member::stop).toList();
        return ended.size() == chosen.size()
                ? Outcome.made("SIGTERM to " + Choice.names(chosen))
                : Outcome.notMade("not all of " + Choice.names(chosen) + " ended when asked (SIGTERM)");
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(random.nextInt(3_000));
    }

    @Override
    public void heal(Cluster cluster) {
        // Everybody who is down is started anyway.
    }
}
