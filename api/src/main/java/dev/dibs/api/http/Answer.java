package dev.dibs.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The envelope {@code {"ret":int,"message":string,"data":object}}, ready to be sent: its bytes and headers are made at
 * once, and those of answers without data only once in all. It goes out as it is, past codecs and content negotiation,
 * because most of a crowd gets one of a dozen answers. For the same reason the headers are Netty's own, of names that
 * know their hashes: to check and copy text for each answer costs a twentieth of all that a refusal does.
 */
final class Answer {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_BYTES = 512;
    private static final AsciiString RETRY_AFTER_SECONDS = AsciiString.cached("1");
    // RFC 9110, section 11.6.1: a 401 must say how to authenticate.
    private static final AsciiString CHALLENGE = AsciiString.cached("Bearer realm=\"dibs\"");

    private static final Answer[] PLAIN = new Answer[Ret.values().length];

    static {
        for (Ret ret : Ret.values()) {
            PLAIN[ret.ordinal()] = of(ret, ret.message());
        }
    }

    private final HttpStatusCode status;
    /** Never changed once they are here: they are sent from many threads. */
    private final HttpHeaders headers;

    private final byte[] body;

    private Answer(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Without data, with the usual message. */
    static Answer of(Ret ret) {
        return PLAIN[ret.ordinal()];
    }

    /** Without data. */
    static Answer of(Ret ret, String message) {
        return of(ret, message, json -> {});
    }

    /** @param data writes the fields of {@code data} */
    static Answer of(Ret ret, Consumer<JsonGenerator> data) {
        return of(ret, ret.message(), data);
    }

    /** @param data writes the fields of {@code data} */
    static Answer of(Ret ret, String message, Consumer<JsonGenerator> data) {
        byte[] body = envelope(ret, message, data);
        return new Answer(HttpStatusCode.valueOf(ret.status()), headers(ret, body.length), body);
    }

    private static byte[] envelope(Ret ret, String message, Consumer<JsonGenerator> data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("ret", ret.code());
            json.writeStringProperty("message", message);
            json.writeObjectPropertyStart("data");
            data.accept(json);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Nothing may be stored by default: nearly every answer is meant for one user, or true for a moment only. */
    private static HttpHeaders headers(Ret ret, int length) {
        HttpHeaders headers = new DefaultHttpHeaders()
                .add(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length))
                .add(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .add(SecurityHeaders.ALWAYS);
        if (ret.canBeRetried()) {
            headers.add(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (ret == Ret.UNAUTHENTICATED) {
            headers.add(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        }
        return headers;
    }

    /** The same answer for everybody, true for the given time. */
    Answer sharedFor(int seconds) {
        return with(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + seconds)
                .with(HttpHeaderNames.VARY, HttpHeaderNames.AUTHORIZATION);
    }

    /** The same answer with another status, for what HTTP distinguishes and {@code ret} does not. */
    Answer withStatus(int other) {
        return new Answer(HttpStatusCode.valueOf(other), headers, body);
    }

    /** The same answer with this header set. */
    Answer with(CharSequence header, CharSequence value) {
        return new Answer(status, headers.copy().set(header, value), body);
    }

    /** The same in place of an answer without a body; what that one says of the connection stays. */
    FullHttpResponse to(FullHttpResponse bare) {
        FullHttpResponse whole = bare.replace(Unpooled.wrappedBuffer(body));
        whole.headers().setAll(headers);
        return whole;
    }

    /** Into a response that nothing has been said in yet. */
    Mono<Void> writeTo(ServerHttpResponse response) {
        headersOf(response).add(headers);
        return write(response);
    }

    /** Into a response that something may have been said in already, which this takes the place of. */
    Mono<Void> writeOver(ServerHttpResponse response) {
        headersOf(response).setAll(headers);
        return write(response);
    }

    private static HttpHeaders headersOf(ServerHttpResponse response) {
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        return netty.responseHeaders();
    }

    private Mono<Void> write(ServerHttpResponse response) {
        response.setStatusCode(status);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
