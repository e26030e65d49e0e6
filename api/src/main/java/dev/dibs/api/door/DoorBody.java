package dev.dibs.api.door;

import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a small JSON object of texts. What is wrong with it is told by the names of its fields, never their values. */
final class DoorBody {
    private static final int MAX_BYTES = 4 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> fields;

    private DoorBody(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * @param known the fields that there may be
     * @return an error with a {@link ProblemException} for anything but an object of them
     */
    static Mono<DoorBody> read(ServerRequest request, Set<String> known) {
        MediaType type = request.headers().contentType().orElse(null);
        if (type == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
            return Mono.error(new ProblemException(Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unknown-format",
                    "Send JSON with Content-Type: application/json")));
        }
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_BYTES)
                .map(DoorBody::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        e -> new ProblemException(Problem.tooLarge("The body", MAX_BYTES, "bytes")))
                .map(body -> new DoorBody(parse(body, known)));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Map<String, String> parse(byte[] body, Set<String> known) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw fault("", "the body must be a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (!known.contains(name)) {
                    throw fault("", "only these fields are known here: " + String.join(", ", known));
                }
                JsonToken value = json.nextToken();
                if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                    throw fault(name, "must be a text");
                }
                if (value == JsonToken.VALUE_STRING && fields.put(name, json.getString()) != null) {
                    throw fault(name, "is given twice");
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw fault("", "the body must be one JSON object");
            }
            return fields;
        } catch (JacksonException e) {
            // Its message may quote the body, and with it a code.
            throw fault("", "the body is not JSON");
        }
    }

    /** The field's text, or null where it is missing or null. */
    String text(String name) {
        return fields.get(name);
    }

    /** What is made of the field, or null where it is missing; a fault of this field where it cannot be made. */
    <T> T parsed(String name, Function<String, T> of) {
        String text = text(name);
        return text == null ? null : checked(name, () -> of.apply(text));
    }

    interface Construction<T> {
        T make();
    }

    /** @param name of the field that is to blame; empty where the message names it */
    static <T> T checked(String name, Construction<T> construction) {
        try {
            return construction.make();
        } catch (IllegalArgumentException e) {
            throw fault(name, e.getMessage());
        }
    }

    private static ProblemException fault(String field, String message) {
        return new ProblemException(Problem.faulty(List.of(new Fault(field, message))));
    }
}
