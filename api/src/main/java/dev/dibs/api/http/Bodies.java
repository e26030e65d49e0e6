package dev.dibs.api.http;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads parameters from bodies: a form, or a flat JSON object. */
final class Bodies {
    static final int MAX_BYTES = 64 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private Bodies() {}

    /** Whether there is a body at all: RFC 9112, section 6. */
    static boolean isPresent(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Adds the parameters in the body to those given. */
    static Mono<Parameters> read(ServerHttpRequest request, Parameters parameters) {
        if (request.getHeaders().getContentLength() > MAX_BYTES) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(request.getBody(), MAX_BYTES)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge())
                .map(Bodies::bytes)
                .map(body -> {
                    add(parameters, contentType(request), body);
                    return parameters;
                })
                .defaultIfEmpty(parameters);
    }

    private static BadRequestException tooLarge() {
        return new BadRequestException("the body must have at most " + MAX_BYTES + " bytes", 413);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static MediaType contentType(ServerHttpRequest request) {
        try {
            return request.getHeaders().getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static void add(Parameters parameters, MediaType type, byte[] body) {
        if (MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            addJson(parameters, body);
        } else if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
            parameters.addEncoded(new String(body, StandardCharsets.UTF_8));
        } else if (body.length > 0) {
            throw new BadRequestException(
                    "the body's Content-Type must be application/json or application/x-www-form-urlencoded", 415);
        }
    }

    private static void addJson(Parameters parameters, byte[] body) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notFlat();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                switch (json.nextToken()) {
                    case VALUE_STRING, VALUE_NUMBER_INT -> parameters.add(name, json.getString());
                    case VALUE_NULL -> {
                        // As good as absent.
                    }
                    default -> throw notFlat();
                }
            }
            if (json.nextToken() != null) {
                throw notFlat();
            }
        } catch (JacksonException e) {
            throw notFlat();
        }
    }

    private static BadRequestException notFlat() {
        return new BadRequestException("the body must be one JSON object of texts and whole numbers");
    }
}
