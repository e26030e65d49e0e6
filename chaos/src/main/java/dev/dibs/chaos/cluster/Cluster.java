package dev.dibs.chaos.cluster;

import dev.dibs.chaos.Targets;
import dev.dibs.chaos.proxy.Network;
import dev.dibs.chaos.proxy.Peers;
import dev.dibs.servers.DocumentDatabase;
import dev.dibs.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole installation on this machine: three Kafka nodes, Redis, the document database, two API instances, two
 * stream-processors, a projector, each a process of its own, with the proxy between the services and their servers. All
 * of it ends with this program.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(120);
    private static final int DOCUMENTS_MEGABYTES = 640;
    private static final String DOCUMENTS = "documents";

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Network network = new Network(new Peers(this::pids));
    private final LastRites lastRites;
    private final Supervisor supervisor;
    private final KafkaNodes kafka;
    private final RedisServers redis;
    private final Member documents;
    private final int documentsPort = FreePorts.next();
    private final Services services;
    private final Secrets secrets = Secrets.random();
    private boolean closed;

    private Cluster(Path folder, RedisKind kind, List<String> apiSettings, Optional<Path> doctored) {
        Path pids = folder.resolve("pids");
        try {
            Files.createDirectories(pids);
        } catch (IOException e) {
            throw new ClusterException("The folder " + pids + " cannot be made", e);
        }
        lastRites = new LastRites(pids);
        kafka = new KafkaNodes(folder, pids, network);
        redis = kind == RedisKind.SENTINEL
                ? new SentinelRedis(folder, pids, network)
                : new ClusteredRedis(folder, pids, network);
        documents = new Member(
                DOCUMENTS,
                folder.resolve(DOCUMENTS),
                pids,
                Launch.server(
                        DOCUMENTS_MEGABYTES,
                        DocumentDatabase.class,
                        List.of(folder.resolve(DOCUMENTS).resolve("data").toString(), Integer.toString(documentsPort))),
                () -> Probe.accepts(documentsPort));
        services = new Services(
                folder,
                pids,
                new Services.Servers(
                        kafka.bootstrap(),
                        redis.uri(),
                        "mongodb://127.0.0.1:" + network.front(DOCUMENTS, documentsPort)),
                secrets,
                apiSettings,
                doctored);
        Stream.of(kafka.members(), redis.members(), List.of(documents), services.apis(), services.others())
                .flatMap(Collection::stream)
                .forEach(member -> members.put(member.name(), member));
        supervisor = new Supervisor(members.values());
    }

    /** An installation that has not been started yet, so that whoever holds it can end it at any time. */
    public static Cluster create(Path folder, RedisKind kind) {
        return create(folder, kind, List.of(), Optional.empty());
    }

    /** @param apiSettings beside the usual ones, such as {@code --dibs.rate.grabs=5} */
    public static Cluster create(Path folder, RedisKind kind, List<String> apiSettings) {
        return create(folder, kind, apiSettings, Optional.empty());
    }

    /** @param doctored classes and scripts that the services take instead of their own, to run without a guard */
    public static Cluster create(Path folder, RedisKind kind, List<String> apiSettings, Optional<Path> doctored) {
        return new Cluster(folder, kind, apiSettings, doctored);
    }

    /**
     * Starts everything, and returns once it serves.
     *
     * @param progress is told what is up
     */
    public void start(Consumer<String> progress) {
        List<Member> servers = Stream.of(kafka.members(), redis.members(), List.of(documents))
                .flatMap(Collection::stream)
                .toList();
        servers.forEach(Member::start);
        servers.forEach(Member::awaitReady);
        redis.join();
        Patience.require("Redis: coming together", SETTLES_WITHIN, redis::isSettled);
        progress.accept("servers are up");
        // A service that gives up on a starved machine, for it did not reach a server in time, is started again.
        supervisor.start();
        // The first instance makes the topics; the other services wait for them, but not for long.
        Member firstApi = services.apis().get(0);
        firstApi.start();
        firstApi.awaitReady();
        progress.accept(firstApi.name() + " is up");
        List<Member> rest = Stream.of(services.apis(), services.others())
                .flatMap(Collection::stream)
                .filter(member -> member != firstApi)
                .toList();
        rest.forEach(Member::start);
        rest.forEach(Member::awaitReady);
        progress.accept("all " + members.size() + " processes are up");
    }

    private Map<String, Long> pids() {
        return members.values().stream()
                .filter(member -> member.pid().isPresent())
                .collect(Collectors.toMap(Member::name, member -> member.pid().orElse(0)));
    }

    public Network network() {
        return network;
    }

    public RedisServers redis() {
        return redis;
    }

    public Collection<Member> members() {
        return members.values();
    }

    public Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("There is no " + name + " among " + members.keySet());
        }
        return member;
    }

    /** Those whose name begins so: {@code api-}, {@code kafka-}, {@code redis-}, {@code processor-}. */
    public List<Member> membersCalled(String prefix) {
        return members.values().stream()
                .filter(member -> member.name().startsWith(prefix))
                .toList();
    }

    /** Where everything is reached, as things stand now. */
    public Targets targets() {
        return new Targets(
                services.urls(),
                kafka.direct(),
                redis.directUri(),
                "mongodb://127.0.0.1:" + documentsPort,
                secrets.adminPassword(),
                secrets.tokenKey());
    }

    /** Ends all trouble: the network works, everybody runs, and Redis is as it should be. */
    public void heal() {
        network.heal();
        members.values().forEach(Member::letGo);
        members.values().forEach(Member::start);
        members.values().forEach(Member::awaitReady);
        Patience.require("Redis: coming together", SETTLES_WITHIN, redis::isSettled);
    }

    /** Kills all processes; what they would still have written is of no use to anybody. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.close();
        members.values().parallelStream().forEach(Member::retire);
        network.close();
        lastRites.close();
    }
}
