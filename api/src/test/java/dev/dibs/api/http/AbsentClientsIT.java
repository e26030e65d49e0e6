package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class AbsentClientsIT {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final int WAIT_MILLIS = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /quick HTT", "POST /quick HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"})
    void aClientThatSaysNoMoreLosesItsConnection(String sent) throws IOException {
        DisposableServer server = AbsentClients.closedBy(server(), PATIENCE).bindNow();
        try (Socket client = connect(server, sent)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aClientThatWaitsForALongAnswerKeepsItsConnection() throws IOException {
        DisposableServer server = AbsentClients.closedBy(server(), PATIENCE).bindNow();
        try (Socket client = connect(server, "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
        } finally {
            server.disposeNow();
        }
    }

    /** Takes an answer that is larger than the buffers on the way, and reads nothing of it. */
    @Test
    void aClientThatDoesNotTakeItsAnswerLosesItsConnection() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        DisposableServer server = AbsentClients.closedBy(
                        server().doOnConnection(connection -> connection.onDispose(() -> closed.set(true))), PATIENCE)
                .bindNow();
        try (Socket client = connect(server, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n")) {
            await().atMost(Duration.ofMillis(WAIT_MILLIS)).untilTrue(closed);
            assertThat(client.isConnected()).isTrue();
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void withoutItSuchAClientStays() throws IOException {
        DisposableServer server = server().bindNow();
        try (Socket client = connect(server, "GET /quick HTT")) {
            client.setSoTimeout(3 * (int) PATIENCE.toMillis());

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        } finally {
            server.disposeNow();
        }
    }

    private static HttpServer server() {
        HttpHandler handler = (request, response) -> switch (request.getPath().value()) {
            case "/slow" ->
                request.getBody().then(Mono.delay(PATIENCE.multipliedBy(4))).then(answer(response));
            case "/large" ->
                response.writeWith(Mono.just(response.bufferFactory().wrap(new byte[64 * 1024 * 1024])));
            default -> request.getBody().then(answer(response));
        };
        return HttpServer.create().host("127.0.0.1").port(0).handle(new ReactorHttpHandlerAdapter(handler));
    }

    private static Mono<Void> answer(ServerHttpResponse response) {
        return Answer.of(Ret.SOLD_OUT).writeTo(response);
    }

    private static Socket connect(DisposableServer server, String sent) throws IOException {
        Socket client = new Socket("127.0.0.1", server.port());
        client.setSoTimeout(WAIT_MILLIS);
        client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
