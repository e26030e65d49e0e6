package dev.dibs.standalone.demo;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The buyers' calls over HTTP/1.1, on so many connections that are kept open. */
final class BuyerClient implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final ConnectionProvider connections;
    private final LoopResources threads = LoopResources.create("dibs-crowd", 2, true);
    private final HttpClient http;
    private final JsonMapper json = new JsonMapper();

    BuyerClient(URI server, int connections) {
        this.connections = ConnectionProvider.builder("dibs-crowd")
                .maxConnections(connections)
                // A buyer that presses twice waits for a second connection.
                .pendingAcquireMaxCount(4 * connections)
                .pendingAcquireTimeout(Duration.ofSeconds(60))
                .build();
        this.http = HttpClient.create(this.connections)
                .runOn(threads)
                .baseUrl(server.toString())
                .responseTimeout(ANSWER);
    }

    Mono<Answer> grab(Buyer buyer, String activityId, String requestId) {
        return get(buyer, "/ticket/get?actId=" + activityId + "&requestId=" + requestId);
    }

    Mono<Answer> result(Buyer buyer, String activityId) {
        return get(buyer, "/ticket/result?actId=" + activityId);
    }

    Mono<Answer> ticket(Buyer buyer, String ticketId) {
        return get(buyer, "/ticket/detail?ticketId=" + ticketId);
    }

    Mono<Answer> tickets(Buyer buyer) {
        return get(buyer, "/ticket/list");
    }

    Mono<Answer> activity(Buyer buyer, String activityId) {
        return get(buyer, "/act/detail?actId=" + activityId);
    }

    /** @param step {@code register} or {@code login} */
    Mono<Answer> account(String step, String account, String password) {
        byte[] body = json.writeValueAsBytes(Map.of("account", account, "password", password));
        return http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
                .post()
                .uri("/user/" + step)
                .send(ByteBufMono.fromString(Mono.just(new String(body, StandardCharsets.UTF_8))))
                .responseSingle(this::answer);
    }

    private Mono<Answer> get(Buyer buyer, String path) {
        return http.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + buyer.token()))
                .get()
                .uri(path)
                .responseSingle(this::answer);
    }

    private Mono<Answer> answer(HttpClientResponse response, ByteBufMono body) {
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER, "0");
        return body.asByteArray()
                .switchIfEmpty(Mono.error(() -> new IOException("an empty answer, HTTP " + response.status())))
                .handle((bytes, sink) -> {
                    try {
                        JsonNode answer = json.readTree(bytes);
                        sink.next(new Answer(
                                answer.path("ret").asInt(Integer.MIN_VALUE),
                                answer.path("message").asString(""),
                                answer.path("data").isObject() ? answer.path("data") : MissingNode.getInstance(),
                                Duration.ofSeconds(retryAfter.matches("\\d{1,4}") ? Long.parseLong(retryAfter) : 1)));
                    } catch (JacksonException e) {
                        sink.error(new IOException("not JSON, HTTP " + response.status(), e));
                    }
                });
    }

    @Override
    public void close() {
        connections.disposeLater().block(STOP);
        threads.disposeLater(Duration.ZERO, STOP).block(STOP.plus(STOP));
    }
}
