package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.proxy.Rule;
import dev.dibs.chaos.proxy.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** The network between some services and a kind of server misbehaves. */
final class TroubledLink implements Fault {
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

    @Override
    public void heal(Cluster cluster) {
        if (rule != null) {
            cluster.network().lift(rule);
        }
    }
}
