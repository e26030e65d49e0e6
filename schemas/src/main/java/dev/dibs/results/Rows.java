package dev.dibs.results;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What the codecs of the results share. */
final class Rows {
    static final int SCHEMA_VERSION = 1;

    private Rows() {}

    static <R> R decode(byte[] value, Reader<R> reader) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        Json.version(SCHEMA_VERSION, Json.integer(node, "schemaVersion"));
        try {
            return reader.read(node);
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    static void writeCounts(JsonGenerator json, String field, Map<String, Long> counts) {
        json.writeObjectPropertyStart(field);
        counts.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    static Map<String, Long> counts(JsonNode node, String field) throws UndecodableRecordException {
        JsonNode counted = node.get(field);
        if (counted == null || !counted.isObject()) {
            throw new UndecodableRecordException(field + " must be an object");
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String name : counted.propertyNames()) {
            counts.put(name, Json.integer(counted, name));
        }
        return counts;
    }

    /** Makes a row of the fields of a JSON object. */
    @FunctionalInterface
    interface Reader<R> {
        R read(JsonNode node) throws UndecodableRecordException;
    }
}
