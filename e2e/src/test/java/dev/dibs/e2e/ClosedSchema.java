package dev.dibs.e2e;

import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON Schema (2020-12) that lets no field through which it does not name, at any depth. */
final class ClosedSchema {
    private static final JsonMapper JSON = new JsonMapper();
    /** Keywords of a schema each, or of a list of them, that is of a value within. */
    private static final Set<String> WITHIN = Set.of("items", "prefixItems", "contains", "additionalProperties");
    /** Keywords of schemas by name that are of values within. */
    private static final Set<String> NAMED_WITHIN = Set.of("properties", "patternProperties");
    /** Keywords of a schema each, or of a list of them, of the value itself: what one of them names, the whole has named. */
    private static final Set<String> SAME = Set.of("oneOf", "anyOf", "allOf", "if", "then", "else");
    /** The same by name. */
    private static final Set<String> NAMED_SAME = Set.of("$defs", "dependentSchemas");

    private ClosedSchema() {}

    static JsonNode of(JsonNode schema) {
        JsonNode closed = closedWithin(schema);
        if (closed instanceof ArrayNode list) {
            list.forEach(each -> ((ObjectNode) each).put("unevaluatedProperties", false));
        } else if (closed instanceof ObjectNode object) {
            object.put("unevaluatedProperties", false);
        }
        return closed;
    }

    private static JsonNode closedWithin(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            ArrayNode copy = JSON.createArrayNode();
            list.forEach(each -> copy.add(closedWithin(each)));
            return copy;
        }
        ObjectNode copy = JSON.createObjectNode();
        schema.properties()
                .forEach(keyword -> copy.set(keyword.getKey(), closed(keyword.getKey(), keyword.getValue())));
        // A schema may also be true or false.
        return schema.isObject() ? copy : schema;
    }

    private static JsonNode closed(String keyword, JsonNode value) {
        if (WITHIN.contains(keyword)) {
            return of(value);
        } else if (NAMED_WITHIN.contains(keyword)) {
            return each(value, ClosedSchema::of);
        } else if (SAME.contains(keyword)) {
            return closedWithin(value);
        }
        return NAMED_SAME.contains(keyword) ? each(value, ClosedSchema::closedWithin) : value;
    }

    private static JsonNode each(JsonNode named, UnaryOperator<JsonNode> change) {
        ObjectNode copy = JSON.createObjectNode();
        named.properties().forEach(schema -> copy.set(schema.getKey(), change.apply(schema.getValue())));
        return copy;
    }
}
