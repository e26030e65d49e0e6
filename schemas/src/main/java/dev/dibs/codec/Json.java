package dev.dibs.codec;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON mapper, and what all codecs do with it. */
public final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int TYPICAL_BYTES = 512;

    private Json() {}

    /** The bytes of a JSON object with these fields. */
    public static byte[] object(Consumer<JsonGenerator> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** @throws UndecodableRecordException where the value is missing or not exactly one JSON object */
    public static JsonNode parseObject(byte[] value) throws UndecodableRecordException {
        if (value == null) {
            throw new UndecodableRecordException("the record has no value");
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(value);
        } catch (JacksonException e) {
            throw new UndecodableRecordException("the value is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new UndecodableRecordException("the value is not a JSON object");
        }
        return node;
    }

    public static String text(JsonNode object, String field) throws UndecodableRecordException {
        JsonNode value = object.get(field);
        if (value == null || !value.isString()) {
            throw new UndecodableRecordException(field + " must be a string");
        }
        return value.stringValue();
    }

    /** A text that a type of its own, such as an id, validates. */
    public static <T> T parsed(JsonNode object, String field, Function<String, T> parse)
            throws UndecodableRecordException {
        return parsed(field, text(object, field), parse);
    }

    static <T> T parsed(String field, String text, Function<String, T> parse) throws UndecodableRecordException {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            // The type does not know by which name the field goes.
            throw new UndecodableRecordException(field + ": " + e.getMessage(), e);
        }
    }

    public static long integer(JsonNode object, String field) throws UndecodableRecordException {
        JsonNode value = object.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new UndecodableRecordException(field + " must be an integer of at most 64 bits");
        }
        return value.longValue();
    }

    public static int int32(JsonNode object, String field) throws UndecodableRecordException {
        return int32(field, integer(object, field));
    }

    static int int32(String field, long number) throws UndecodableRecordException {
        if (number != (int) number) {
            throw new UndecodableRecordException(field + " must fit in 32 bits but is " + number);
        }
        return (int) number;
    }

    public static void version(long known, long found) throws UndecodableRecordException {
        if (found != known) {
            throw new UndecodableRecordException("schemaVersion " + found + " is not known");
        }
    }
}
