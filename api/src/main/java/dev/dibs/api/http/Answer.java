package dev.dibs.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The envelope {@code {"ret":int,"message":string,"data":object}}, ready to be sent: its bytes are made at once, and
 * those of answers without data only once in all. It goes out as it is, past codecs and content negotiation, because
 * most of a crowd gets one of a dozen answers.
 */
final class Answer {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_BYTES = 512;
    private static final String RETRY_AFTER_SECONDS = "1";

    private static final Answer[] PLAIN = new Answer[Ret.values().length];

    static {
        for (Ret ret : Ret.values()) {
            PLAIN[ret.ordinal()] = of(ret, ret.message());
        }
    }

    private final HttpStatusCode status;
    /** Names and values in turn. */
    private final String[] headers;

    private final byte[] body;

    private Answer(HttpStatusCode status, String[] headers, byte[] body) {
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
    private static String[] headers(Ret ret, int length) {
        List<String> headers = new ArrayList<>(16);
        add(headers, HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        add(headers, HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
        add(headers, HttpHeaders.CACHE_CONTROL, "no-store");
        headers.addAll(SecurityHeaders.ALWAYS);
        if (ret.canBeRetried()) {
            add(headers, HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (ret == Ret.UNAUTHENTICATED) {
            // RFC 9110, section 11.6.1: a 401 must say how to authenticate.
            add(headers, HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"dibs\"");
        }
        return headers.toArray(String[]::new);
    }

    private static void add(List<String> headers, String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    /** The same answer for everybody, true for the given time. */
    Answer sharedFor(int seconds) {
        return with(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds)
                .with(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
    }

    /** The same answer with another status, for what HTTP distinguishes and {@code ret} does not. */
    Answer withStatus(int other) {
        return new Answer(HttpStatusCode.valueOf(other), headers, body);
    }

    /** The same answer with this header set. */
    Answer with(String header, String value) {
        String[] changed = headers.clone();
        for (int i = 0; i < changed.length; i += 2) {
            if (changed[i].equals(header)) {
                changed[i + 1] = value;
                return new Answer(status, changed, body);
            }
        }
        changed = Arrays.copyOf(changed, changed.length + 2);
        changed[changed.length - 2] = header;
        changed[changed.length - 1] = value;
        return new Answer(status, changed, body);
    }

    /** The same in place of an answer without a body; what that one says of the connection stays. */
    FullHttpResponse to(FullHttpResponse bare) {
        FullHttpResponse whole = bare.replace(Unpooled.wrappedBuffer(body));
        for (int i = 0; i < headers.length; i += 2) {
            whole.headers().set(headers[i], headers[i + 1]);
        }
        return whole;
    }

    Mono<Void> writeTo(ServerHttpResponse response) {
        response.setStatusCode(status);
        HttpHeaders out = response.getHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            out.set(headers[i], headers[i + 1]);
        }
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
