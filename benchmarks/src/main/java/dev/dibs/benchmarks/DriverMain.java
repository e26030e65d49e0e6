package dev.dibs.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Our own client, for where wrk is not installed; a process of its own, so that it shares nothing with the server. */
public final class DriverMain {
    private static final long LONGEST_MICROS = Duration.ofSeconds(60).toNanos() / 1_000;

    private final Histogram latencies = new SynchronizedHistogram(LONGEST_MICROS, 3);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong turn = new AtomicLong();

    private DriverMain() {}

    /** Arguments: URI, file of tokens or "-", connections, seconds, file for the result. */
    public static void main(String[] args) throws IOException {
        List<String> tokens =
                "-".equals(args[1]) ? List.of() : Files.readAllLines(Path.of(args[1]), StandardCharsets.US_ASCII);
        Measurement measurement = new DriverMain()
                .run(args[0], tokens, Integer.parseInt(args[2]), Duration.ofSeconds(Long.parseLong(args[3])));
        new JsonMapper().writeValue(Path.of(args[4]).toFile(), measurement);
        System.exit(0);
    }

    private Measurement run(String uri, List<String> tokens, int connections, Duration time) {
        ConnectionProvider pool = ConnectionProvider.builder("driver")
                .maxConnections(connections)
                .pendingAcquireMaxCount(connections)
                .build();
        HttpClient client = HttpClient.create(pool).responseTimeout(Duration.ofSeconds(5));
        long start = System.nanoTime();
        long end = start + time.toNanos();
        // One chain per connection: the next request is sent when the answer to the last one has been read.
        Flux.range(0, connections)
                .flatMap(
                        i -> Mono.defer(() -> once(client, uri, tokens))
                                .repeat(() -> System.nanoTime() < end)
                                .then(),
                        connections)
                .blockLast(time.plusSeconds(30));
        long micros = (System.nanoTime() - start) / 1_000;
        return new Measurement(
                requests.get(),
                micros,
                refused.get(),
                broken.get(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99));
    }

    private Mono<Void> once(HttpClient client, String uri, List<String> tokens) {
        long sent = System.nanoTime();
        return client.headers(headers -> {
                    if (!tokens.isEmpty()) {
                        int next = (int) (turn.getAndIncrement() % tokens.size());
                        headers.set("Authorization", "Bearer " + tokens.get(next));
                    }
                })
                .get()
                .uri(uri)
                .responseSingle((response, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .doOnNext(bytes -> {
                            requests.incrementAndGet();
                            latencies.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - sent) / 1_000));
                            if (response.status().code() >= 400) {
                                refused.incrementAndGet();
                            }
                        }))
                .then()
                .onErrorResume(e -> {
                    broken.incrementAndGet();
                    return Mono.empty();
                });
    }
}
