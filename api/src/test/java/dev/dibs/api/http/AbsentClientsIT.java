package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
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
        HttpHandler handler = (request, response) ->
                request.getBody().then(Mono.just(Answer.of(Ret.SOLD_OUT))).flatMap(answer -> answer.writeTo(response));
        return HttpServer.create().host("127.0.0.1").port(0).handle(new ReactorHttpHandlerAdapter(handler));
    }

    private static Socket connect(DisposableServer server, String sent) throws IOException {
        Socket client = new Socket("127.0.0.1", server.port());
        client.setSoTimeout(WAIT_MILLIS);
        client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
