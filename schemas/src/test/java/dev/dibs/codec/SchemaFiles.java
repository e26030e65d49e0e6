package dev.dibs.codec;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The JSON Schema file of each topic. */
final class SchemaFiles {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private SchemaFiles() {}

    static String path(String topic) {
        return "schemas/" + topic.substring("dibs.".length()) + ".schema.json";
    }

    static JsonNode read(String topic) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream("/" + path(topic))) {
            if (in == null) {
                throw new IllegalStateException("There is no schema file " + path(topic));
            }
            return Json.MAPPER.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Error> validate(String topic, JsonNode value) {
        return SCHEMAS.computeIfAbsent(topic, t -> REGISTRY.getSchema(read(t))).validate(value);
    }

    /** By a schema that has the same id as the current one, and so must not be kept under it. */
    static List<Error> validate(JsonNode schema, JsonNode value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(value);
    }

    /** Whether the file itself is a schema as JSON Schema 2020-12 defines it. */
    static List<Error> validateAgainstMetaSchema(String topic) {
        return REGISTRY.getSchema(
                        com.networknt.schema.SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                .validate(read(topic));
    }
}
