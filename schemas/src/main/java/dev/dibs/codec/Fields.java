package dev.dibs.codec;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of a flat JSON object. What is nested is skipped: a later version may add it. */
final class Fields {
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
        switch (parser.nextToken()) {
            case VALUE_STRING -> values.put(name, parser.getString());
            case VALUE_NUMBER_INT -> values.put(name, parser.getLongValue());
            case START_OBJECT, START_ARRAY -> parser.skipChildren();
            default -> {
                // true, false, null and fractions belong to no field that is known here.
            }
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

    long integer(String name) throws UndecodableRecordException {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw new UndecodableRecordException(name + " must be an integer");
    }

    int int32(String name) throws UndecodableRecordException {
        long number = integer(name);
        if (number != (int) number) {
            throw new UndecodableRecordException(name + " must fit in 32 bits but is " + number);
        }
        return (int) number;
    }
}
