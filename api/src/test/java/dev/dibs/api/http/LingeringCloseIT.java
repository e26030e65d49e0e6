package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

@Timeout(30)
class LingeringCloseIT {
    /** More than the client's buffer takes, and less than the server's: the rest waits there when it closes. */
    private static final int ANSWER = 400_000;

    private static final int CLIENT_BUFFER = 4_096;
    private static final int SERVER_BUFFER = 4 << 20;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Answers without a look at the body. */
    private HttpServer server() {
        return HttpServer.create()
                .host("127.0.0.1")
                .childOption(io.netty.channel.ChannelOption.SO_SNDBUF, SERVER_BUFFER)
                .doOnConnection(connection -> {
                    answered.set(false);
                    connection.channel().closeFuture().addListener(done -> closed.set(true));
                })
                .handle((request, response) -> response.keepAlive(false)
                        .sendString(Mono.just("x".repeat(ANSWER)))
                        .then()
                        .doOnSuccess(done -> answered.set(true)));
    }

    private static Socket ask(DisposableServer server) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(CLIENT_BUFFER);
        client.setSoTimeout((int) WAIT.toMillis());
        client.connect(new InetSocketAddress("127.0.0.1", server.port()));
        client.getOutputStream()
                .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().write(new byte[60_000]);
        return client;
    }

    /** How much of the answer there is until the connection ends, one way or the other. */
    private static int read(Socket client) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = client.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                read.write(next);
            }
        } catch (IOException e) {
            // The connection was reset.
        }
        return (int) read.toString(StandardCharsets.US_ASCII)
                .chars()
                .filter(c -> c == 'x')
                .count();
    }

    @Test
    void whoIsAnsweredBeforeAllOfTheBodyHasComeGetsAllOfTheAnswer() throws IOException {
        DisposableServer server = LingeringClose.on(server()).bindNow();
        try (Socket client = ask(server)) {
            await().atMost(WAIT).untilTrue(answered);

            assertThat(read(client)).isEqualTo(ANSWER);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void nobodyLingersForEver() throws IOException {
        DisposableServer server = LingeringClose.on(server()).bindNow();
        try (Socket client = ask(server)) {
            assertThat(read(client)).isEqualTo(ANSWER);

            await().atMost(WAIT).untilTrue(closed);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void withoutItTheRestOfTheAnswerIsLost() throws IOException {
        DisposableServer server = server().bindNow();
        try (Socket client = ask(server)) {
            await().atMost(WAIT).untilTrue(closed);

            assertThat(read(client)).isLessThan(ANSWER);
        } finally {
            server.disposeNow();
        }
    }
}
