package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class ConnectionLimitIT {
    private static final int MOST = 3;
    private static final int WAIT_MILLIS = 5_000;
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: dibs\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Socket> clients = new ArrayList<>();
    private DisposableServer server;

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.disposeNow();
    }

    private void serve(boolean limited) {
        HttpHandler handler = (request, response) -> Answer.of(Ret.SOLD_OUT).writeTo(response);
        HttpServer plain = HttpServer.create().host("127.0.0.1").port(0).handle(new ReactorHttpHandlerAdapter(handler));
        server = (limited ? ConnectionLimit.on(plain, MOST) : plain).bindNow();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket("127.0.0.1", server.port());
        client.setSoTimeout(WAIT_MILLIS);
        clients.add(client);
        return client;
    }

    private static String ask(Socket client) throws IOException {
        client.getOutputStream().write(REQUEST);
        InputStream in = client.getInputStream();
        byte[] buffer = new byte[2_048];
        StringBuilder read = new StringBuilder();
        while (!read.toString().contains("}}")) {
            int bytes = in.read(buffer);
            if (bytes < 0) {
                break;
            }
            read.append(new String(buffer, 0, bytes, StandardCharsets.US_ASCII));
        }
        return read.toString();
    }

    private String askOnANewConnection() throws IOException {
        return ask(connect());
    }

    @Test
    void whoConnectsBeyondTheLimitIsAskedToComeBackAndTheOthersAreServed() throws IOException {
        serve(true);
        for (int i = 0; i < MOST; i++) {
            assertThat(askOnANewConnection()).contains("\"ret\":-2");
        }

        Socket late = connect();
        String turnedAway = ask(late);

        assertThat(turnedAway)
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1\r\n")
                .endsWith("\"data\":{}}")
                .contains("\"ret\":-3");
        assertThat(late.getInputStream().read()).isEqualTo(-1);
        assertThat(ask(clients.get(0))).contains("\"ret\":-2");
    }

    @Test
    void aPlaceThatIsLeftIsTakenByTheNext() throws IOException {
        serve(true);
        for (int i = 0; i < MOST; i++) {
            askOnANewConnection();
        }

        clients.get(0).close();

        await().atMost(Duration.ofMillis(WAIT_MILLIS))
                .untilAsserted(() -> assertThat(askOnANewConnection()).contains("\"ret\":-2"));
    }

    @Test
    void whoIsTurnedAwayAndSaysNothingHoldsNoPlace() throws IOException {
        serve(true);
        for (int i = 0; i < MOST; i++) {
            askOnANewConnection();
        }

        assertThat(connect().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void withoutItEverybodyGetsAPlace() throws IOException {
        serve(false);
        for (int i = 0; i < 3 * MOST; i++) {
            assertThat(askOnANewConnection()).contains("\"ret\":-2");
        }
    }

    /** One connection must not be a queue without an end either: what is not answered yet stops what is read. */
    @Test
    void whoAsksOnAndOnWithoutWaitingIsNotReadAnyMore() throws IOException {
        HttpHandler silent = (request, response) -> Mono.never();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(silent))
                .bindNow();
        ByteBuffer requests = ByteBuffer.allocateDirect(64 * 1024 * 1024);
        while (requests.remaining() >= REQUEST.length) {
            requests.put(REQUEST);
        }
        requests.flip();

        try (SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
            client.configureBlocking(false);
            AtomicLong before = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        client.write(requests);
                        return before.getAndSet(requests.remaining()) == requests.remaining();
                    });
        }

        assertThat(requests.remaining()).isGreaterThan(requests.capacity() / 2);
    }
}
