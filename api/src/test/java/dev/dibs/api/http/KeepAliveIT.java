package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A client may send its next request before the server has quite done with the last one. With Reactor Netty before 1.3.8
 * the connection was then not read any more, and the client waited for ever.
 */
class KeepAliveIT {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET /slow HTTP/1.1\r\nHost: dibs\r\n\r\nGET /quick HTTP/1.1\r\nHost: dibs\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @Test
    void aConnectionIsReadOnAfterARequestThatCameEarly() throws IOException {
        DisposableServer server = serve();
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int round = 0; round < 3; round++) {
                socket.getOutputStream().write(REQUEST);
                assertThat(readAnswers(socket.getInputStream(), 2))
                        .as("round %s", round)
                        .isEqualTo(2);
            }
        } finally {
            server.disposeNow();
        }
    }

    private static DisposableServer serve() {
        Mono<Answer> quick = Mono.just(Answer.of(Ret.SOLD_OUT));
        HttpHandler handler = (request, response) -> (request.getPath().value().equals("/slow")
                        ? Mono.delay(Duration.ofMillis(50)).then(quick)
                        : quick)
                .flatMap(answer -> answer.writeTo(response));
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    /** Reads until so many answers have come; a time-out is an exception. */
    private static int readAnswers(InputStream in, int count) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[4_096];
        int answers = 0;
        while (answers < count) {
            int bytes = in.read(buffer);
            if (bytes < 0) {
                break;
            }
            read.append(new String(buffer, 0, bytes, StandardCharsets.ISO_8859_1));
            answers = read.toString().split("\"ret\":-2", -1).length - 1;
        }
        return answers;
    }
}
