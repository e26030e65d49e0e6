package dev.dibs.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of a flat JSON object. Whatever is not known here is skipped: a later version may add it. */
final class Fields {
    /** Stands for a value that is neither text nor an integer of 64 bits; only a field that is asked for minds. */
    private static final Object OTHER = new Object();

    private final Map<String, Object> values = new HashMap<>(32);

    static Fields parse(byte[] value) throws UndecodableRecordException {
        if (value == null) {
            throw new UndecodableRecordException("the record has no value");
        }
        Fields fields = new Fields();
        try (JsonParser parser = Json.MAPPER.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UndecodableRecordException("the value is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                fields.read(parser);
            }
            if (parser.nextToken() != null) {
                throw new UndecodableRecordException("the value goes on behind its JSON object");
            }
        } catch (JacksonException e) {
            throw new UndecodableRecordException("the value is not JSON: " + e.getOriginalMessage(), e);
        }
        return fields;
    }

    private void read(JsonParser parser) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            values.put(name, parser.getString());
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            // Asking a longer number for its long would throw, and so refuse a record for a field nobody reads.
            boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            values.put(name, fits ? (Object) parser.getLongValue() : OTHER);
        } else {
            parser.skipChildren();
            values.put(name, OTHER);
        }
    }

    String text(String name) throws UndecodableRecordException {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new UndecodableRecordException(name + " must be a string");
    }

    String textOr(String name, String absent) throws UndecodableRecordException {
        return values.containsKey(name) ? text(name) : absent;
    }

    /** A text that a type of its own, such as an id, validates. */
    <T> T parsed(String name, Function<String, T> parse) throws UndecodableRecordException {
        return Json.parsed(name, text(name), parse);
    }

    long integer(String name) throws UndecodableRecordException {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new UndecodableRecordException(name + " must be an integer of at most 64 bits");
    }

    int int32(String name) throws UndecodableRecordException {
        return Json.int32(name, integer(name));
    }
}
