package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

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
    public String inject(Cluster cluster, Random random) {
        List<Member> chosen = choice.of(cluster, random);
        chosen.forEach(Member::stop);
        return "SIGTERM to " + chosen.stream().map(Member::name).collect(Collectors.joining(", "));
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
