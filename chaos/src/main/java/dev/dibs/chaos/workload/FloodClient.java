package dev.dibs.chaos.workload;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Many requests at a time from few threads: with the platform's own client it would be the client that is overloaded. */
final class FloodClient implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final int THREADS = 1;

    private final ConnectionProvider connections;
    private final LoopResources threads = LoopResources.create("flood", THREADS, true);
    private final List<HttpClient> apis;

    /**
     * @param saysWhenToComeAgain whether there is a {@code Retry-After}
     * @param nanos from the wish to the whole answer
     */
    record Reply(int status, byte[] body, boolean saysWhenToComeAgain, long nanos) {}

    /**
     * @param mostConnections to each instance
     * @param patience for an answer, and as long for a connection to be free
     */
    FloodClient(List<URI> apis, int mostConnections, Duration patience) {
        this.connections = ConnectionProvider.builder("flood")
                .maxConnections(mostConnections)
                .pendingAcquireMaxCount(mostConnections)
                .pendingAcquireTimeout(patience)
                .build();
        HttpClient client = HttpClient.create(connections).runOn(threads).responseTimeout(patience);
        this.apis = apis.stream().map(api -> client.baseUrl(api.toString())).toList();
    }

    /** Fails where there is no answer in time. */
    CompletableFuture<Reply> get(int api, String path, String token) {
        long begun = System.nanoTime();
        return apis.get(api)
                .headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token))
                .get()
                .uri(path)
                .responseSingle((response, body) -> body.asByteArray()
                        .switchIfEmpty(Mono.just(new byte[0]))
                        .map(bytes -> new Reply(
                                response.status().code(),
                                bytes,
                                response.responseHeaders().contains(HttpHeaderNames.RETRY_AFTER),
                                System.nanoTime() - begun)))
                .toFuture();
    }

    @Override
    public void close() {
        connections.disposeLater().block(STOP);
        threads.disposeLater(Duration.ZERO, STOP).block(STOP.plus(STOP));
    }
}
