package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Processes stand still and then go on as if nothing had been (SIGSTOP, SIGCONT): a long collection of garbage, a
 * virtual machine that was moved. Their connections stay; others may have taken over meanwhile.
 */
final class Held implements Fault {
    private static final int AT_LEAST_MILLIS = 4_000;
    /** Longer than Kafka's and Sentinels' patience. */
    private static final int MORE_MILLIS = 14_000;

    private final String name;
    private final Choice choice;
    private List<Member> held = List.of();

    Held(String name, Choice choice) {
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
        held = choice.of(cluster, random);
        List<Member> still = held.stream().filter(Member::hold).toList();
        return Outcome.madeIf(still.size() == held.size(), "SIGSTOP " + Choice.names(still));
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(AT_LEAST_MILLIS + random.nextInt(MORE_MILLIS));
    }

    @Override
    public void heal(Cluster cluster) {
        held.forEach(Member::letGo);
    }
}
