package dev.dibs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class DriverIT {
    /** The own client waits for the answer to each connection's first request, however long that takes. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** wrk does not: on a machine at load 25 a cold server had answered nobody within one second. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final int CONNECTIONS = 4;
    /** Fewer than connections, each of which asks at least once: all have their turn on the slowest machine, too. */
    private static final int TOKENS = 3;

    private final DisposableServer yardstick = Yardstick.serve(0);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        yardstick.disposeNow();
    }

    @Test
    void ownClientMeasuresTheYardstick() throws Exception {
        Measurement measurement =
                new JavaDriver(folder).run(new Load(address(yardstick), Yardstick.PATH, Optional.empty()), 8, SHORT);

        assertClean(measurement);
    }

    @Test
    void wrkMeasuresTheYardstick() throws Exception {
        assumeThat(WrkDriver.isInstalled()).as("wrk is installed").isTrue();

        Measurement measurement =
                new WrkDriver(folder).run(new Load(address(yardstick), Yardstick.PATH, Optional.empty()), 8, LONG);

        assertClean(measurement);
    }

    @Test
    void ownClientSendsEveryTokenInTurn() throws Exception {
        assertEveryTokenArrives(new JavaDriver(folder), SHORT);
    }

    @Test
    void wrkSendsEveryTokenInTurn() throws Exception {
        assumeThat(WrkDriver.isInstalled()).as("wrk is installed").isTrue();

        assertEveryTokenArrives(new WrkDriver(folder), LONG);
    }

    private void assertEveryTokenArrives(Driver driver, Duration time) throws Exception {
        // Given a server that takes the tokens down
        java.util.Set<String> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    seen.add(request.requestHeaders().get("Authorization", "none") + " " + request.uri());
                    return response.send();
                })
                .bindNow();
        Path tokens = new Tokens("x".repeat(32), Instant.now().plusSeconds(60)).write(folder, "user", TOKENS);
        try {
            // When
            Measurement measurement =
                    driver.run(new Load(address(server), "/a?b=c", Optional.of(tokens)), CONNECTIONS, time);

            // Then
            assertClean(measurement);
            assertThat(seen).hasSize(TOKENS).allMatch(line -> line.startsWith("Bearer ") && line.endsWith(" /a?b=c"));
        } finally {
            server.disposeNow();
        }
    }

    private static void assertClean(Measurement measurement) {
        assertThat(measurement.requests()).isPositive();
        assertThat(measurement.refused()).isZero();
        assertThat(measurement.broken()).isZero();
        assertThat(measurement.p99Micros()).isGreaterThanOrEqualTo(measurement.p50Micros());
        // How many is no matter of a test: on a machine that has other work it has been fewer than one.
        assertThat(measurement.perSecond()).isPositive();
    }

    private static URI address(DisposableServer server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }
}
