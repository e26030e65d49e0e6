package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Processes are killed without a warning, and started again on what they have left. */
final class Killed implements Fault {
    private final String name;
    private final Choice choice;

    Killed(String name, Choice choice) {
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
        List<Member> victims = choice.of(cluster, random);
        List<Member> killed = victims.stream().filter(Member::kill).toList();
        return Outcome.madeIf(killed.size() == victims.size(), "kill -9 " + Choice.names(killed));
    }

    @Override
    public void heal(Cluster cluster) {
        // Everybody who is down is started anyway.
    }
}
