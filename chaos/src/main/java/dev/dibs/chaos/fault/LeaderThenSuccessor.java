package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.proxy.Trouble;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/**
 * The node that leads a partition of the log is killed, and the one that leads it after that is held, or the services are
 * cut off from it, for longer than a client of Kafka waits: readers know of the new leader, have to ask it where they are,
 * and get no answer.
 */
final class LeaderThenSuccessor implements Fault {
    private static final int PARTITIONS = 6;
    private static final Duration ELECTED_WITHIN = Duration.ofSeconds(40);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int AT_LEAST_MILLIS = 12_000;
    private static final int MORE_MILLIS = 14_000;

    @Override
    public String name() {
        return "kafka-leader-killed-successor-lost";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.KAFKA);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        int partition = random.nextInt(PARTITIONS);
        boolean holds = random.nextBoolean();
        Trouble trouble = List.of(Trouble.CUT, Trouble.SILENCE).get(random.nextInt(2));
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.targets().kafka(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS))) {
            OptionalInt first = awaitLeader(admin, partition, node -> true);
            if (first.isEmpty()) {
                return Outcome.notMade("partition " + partition + " of the log has no leader");
            }
            member(cluster, first.getAsInt()).kill();
            OptionalInt second = awaitLeader(admin, partition, node -> node != first.getAsInt());
            if (second.isEmpty()) {
                return Outcome.notMade("nobody took the place of kafka-" + first.getAsInt());
            }
            Member successor = member(cluster, second.getAsInt());
            String what = "kill -9 kafka-" + first.getAsInt() + ", which led partition " + partition + ", then ";
            if (holds) {
                return Outcome.madeIf(successor.hold(), what + "SIGSTOP " + successor.name());
            }
            cluster.network().impose(trouble, Links.SERVICES, successor.name()::equals);
            return Outcome.made(what + trouble + " from all services to " + successor.name());
        }
    }

    /** The leader that is as wanted, by its node id; empty where there is none in time. */
    private static OptionalInt awaitLeader(Admin admin, int partition, IntPredicate wanted) {
        AtomicReference<OptionalInt> found = new AtomicReference<>(OptionalInt.empty());
        Patience.await(ELECTED_WITHIN, () -> {
            OptionalInt leader = leader(admin, partition);
            found.set(leader.isPresent() && wanted.test(leader.getAsInt()) ? leader : OptionalInt.empty());
            return found.get().isPresent();
        });
        return found.get();
    }

    /** By its node id; empty while there is none, or nobody says. */
    private static OptionalInt leader(Admin admin, int partition) {
        try {
            Node leader = admin.describeTopics(List.of(Topics.TICKET_EVENTS))
                    .topicNameValues()
                    .get(Topics.TICKET_EVENTS)
                    .get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .partitions()
                    .get(partition)
                    .leader();
            return leader == null || leader.isEmpty() ? OptionalInt.empty() : OptionalInt.of(leader.id());
        } catch (ExecutionException | TimeoutException e) {
            // A controller may just have been killed with the leader.
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }

    private static Member member(Cluster cluster, int node) {
        return cluster.member("kafka-" + node);
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(AT_LEAST_MILLIS + random.nextInt(MORE_MILLIS));
    }

    @Override
    public void heal(Cluster cluster) {
        // Whoever makes faults lets everybody go on, lifts all rules, and starts who is down.
    }
}
