package dev.dibs.chaos.proxy;

import dev.dibs.servers.FreePorts;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Stands in front of servers and passes everything on, until told to trouble some links. A link is named by the client's
 * process and by the server; where several rules concern it, the latest counts.
 */
public final class Network implements AutoCloseable {
    /** The name of a client that is none of our processes. */
    public static final String STRANGER = "stranger";

    private static final int THREADS = 2;
    private static final int CONNECT_MILLIS = 2_000;

    private final Peers peers;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    /** Looking under /proc takes milliseconds, in which an event loop would pass nothing on. */
    private final ExecutorService names = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "proxy-names");
        thread.setDaemon(true);
        return thread;
    });

    private final Queue<Unnamed> unnamed = new ConcurrentLinkedQueue<>();
    private final List<Channel> doors = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

    public Network(Peers peers) {
        this.peers = peers;
    }

    /**
     * Puts the proxy in front of a server, which need not be running.
     *
     * @return the port of 127.0.0.1 that the server's clients are to use
     */
    public int front(String server, int port) {
        int own = FreePorts.next();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        unnamed.add(new Unnamed(accepted, server, port));
                        names.execute(Network.this::nameAll);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), own)
                .syncUninterruptibly();
        doors.add(bound.channel());
        return own;
    }

    private record Unnamed(SocketChannel accepted, String server, int port) {}

    /** All that wait, with one look: on a machine with thousands of connections one for each could not keep up. */
    private void nameAll() {
        List<Unnamed> waiting = new ArrayList<>();
        for (Unnamed next = unnamed.poll(); next != null; next = unnamed.poll()) {
            waiting.add(next);
        }
        if (!waiting.isEmpty()) {
            Peers.Holders holders = peers.look();
            waiting.forEach(one -> accept(one.accepted, one.server, one.port, holders));
        }
    }

    private void accept(SocketChannel accepted, String server, int port, Peers.Holders holders) {
        String client = holders.nameOf(
                        accepted.remoteAddress().getPort(),
                        accepted.localAddress().getPort())
                .orElse(STRANGER);
        if (between(client, server) == Trouble.CUT) {
            accepted.close();
            return;
        }
        ChannelFuture connected = new Bootstrap()
                .group(accepted.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        // What happens on it is decided when it is connected.
                    }
                })
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        connected.addListener(done -> {
            if (done.isSuccess()) {
                open(client, server, accepted, connected.channel());
            } else {
                accepted.close();
            }
        });
    }

    private void open(String client, String server, Channel accepted, Channel connected) {
        Passage passage = new Passage(client, server, () -> between(client, server), accepted, connected);
        passages.add(passage);
        // Of a silenced link one end may be closed long before the other.
        accepted.closeFuture()
                .addListener(one -> connected.closeFuture().addListener(both -> passages.remove(passage)));
        passage.open();
        passage.troublesChanged();
    }

    private Trouble between(String client, String server) {
        Trouble latest = null;
        for (Rule rule : rules) {
            if (rule.concerns(client, server)) {
                latest = rule.trouble();
            }
        }
        return latest;
    }

    /** Troubles all links from these clients to these servers, until the rule is lifted. */
    public Rule impose(Trouble trouble, Predicate<String> clients, Predicate<String> servers) {
        Rule rule = new Rule(trouble, clients, servers);
        rules.add(rule);
        tell();
        return rule;
    }

    public void lift(Rule rule) {
        rules.remove(rule);
        tell();
    }

    /** Ends all trouble. */
    public void heal() {
        rules.clear();
        tell();
    }

    private void tell() {
        passages.forEach(Passage::troublesChanged);
    }

    /** How many connections are open between these, for whoever wants to know whether anybody is there. */
    public long connections(Predicate<String> clients, Predicate<String> servers) {
        return passages.stream()
                .filter(p -> clients.test(p.client()) && servers.test(p.server()))
                .count();
    }

    @Override
    public void close() {
        doors.forEach(door -> door.close().awaitUninterruptibly(CONNECT_MILLIS));
        names.shutdownNow();
        try {
            // Whoever is being let in still needs the event loops.
            names.awaitTermination(CONNECT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        passages.forEach(Passage::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
