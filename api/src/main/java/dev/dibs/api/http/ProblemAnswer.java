package dev.dibs.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An error under {@code /admin} that no route has answered itself: problem details of RFC 9457. */
record ProblemAnswer(HttpStatusCode status, byte[] body) {
    private static final JsonFactory JSON = new JsonFactory();

    static ProblemAnswer of(HttpStatusCode status, String detail) {
        HttpStatus known = HttpStatus.resolve(status.value());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", known == null ? "Error" : known.getReasonPhrase());
            json.writeNumberProperty("status", status.value());
            json.writeStringProperty("detail", detail);
            json.writeEndObject();
        }
        return new ProblemAnswer(status, out.toByteArray());
    }

    /** The same in place of an answer without a body; what that one says of the connection stays. */
    FullHttpResponse to(FullHttpResponse bare) {
        FullHttpResponse whole = bare.replace(Unpooled.wrappedBuffer(body));
        whole.headers()
                .set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaders.CONTENT_LENGTH, body.length)
                .set(HttpHeaders.CACHE_CONTROL, "no-store")
                .setAll(SecurityHeaders.ALWAYS);
        return whole;
    }

    Mono<Void> writeTo(ServerHttpResponse response) {
        response.setStatusCode(status);
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        headers.setCacheControl("no-store");
        if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
