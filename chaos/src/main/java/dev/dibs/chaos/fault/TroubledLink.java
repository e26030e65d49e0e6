package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.proxy.Rule;
import dev.dibs.chaos.proxy.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** The network between some services and a kind of server misbehaves. */
final class TroubledLink implements Fault {
    private static final int LONG_AT_LEAST_MILLIS = 12_000;
    private static final int LONG_MORE_MILLIS = 28_000;

    private final Trouble trouble;
    private final String servers;
    private Rule rule;

    /** @param servers the beginning of their names */
    TroubledLink(Trouble trouble, String servers) {
        this.trouble = trouble;
        this.servers = servers;
    }

    @Override
    public String name() {
        String what = trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "network-" + what + "-" + servers.replaceAll("-$", "");
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.called(servers));
    }

    /** Either everybody is troubled, or one instance alone while the other goes on. */
    @Override
    public Outcome inject(Cluster cluster, Random random) {
        String client = List.of("api-1", "api-2", "").get(random.nextInt(3));
        rule = cluster.network()
                .impose(
                        trouble,
                        client.isEmpty() ? Links.SERVICES : client::equals,
                        server -> server.startsWith(servers));
        return Outcome.made(trouble + " from " + (client.isEmpty() ? "all services" : client) + " to " + servers);
    }

    /**
     * Clients of Kafka wait for ten seconds and more before they give a call up: now and then it has to last longer, or
     * what they do then is never seen.
     */
    @Override
    public Duration lasts(Random random) {
        Duration usual = Fault.super.lasts(random);
        boolean isLong = random.nextBoolean() && Part.called(servers) == Part.KAFKA;
        return isLong ? Duration.ofMillis(LONG_AT_LEAST_MILLIS + random.nextInt(LONG_MORE_MILLIS)) : usual;
    }

    @Override
    public void heal(Cluster cluster) {
        if (rule != null) {
            cluster.network().lift(rule);
        }
    }
}
