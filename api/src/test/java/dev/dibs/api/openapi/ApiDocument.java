package dev.dibs.api.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description that a server gives of itself, and whether its answers are as described. */
final class ApiDocument {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31());

    /** @param path with its variables in braces */
    record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.get("operationId").asString();
        }

        boolean isForOperators() {
            return path.startsWith("/admin");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new IdentityHashMap<>();

    ApiDocument(JsonNode document) {
        this.document = document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(part -> OpenApiMerge.METHODS.contains(part.getKey()))
                        .forEach(part -> operations.add(new Operation(
                                part.getKey().toUpperCase(Locale.ROOT), path.getKey(), part.getValue()))));
        return operations;
    }

    /** What the reference leads to, or the node itself. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref")
                ? resolve(document.at(node.get("$ref").asString().substring(1)))
                : node;
    }

    /** The parameters of an operation, those of its path too. */
    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        document.get("paths").get(operation.path).path("parameters").forEach(p -> parameters.add(resolve(p)));
        operation.description.path("parameters").forEach(p -> parameters.add(resolve(p)));
        return parameters;
    }

    boolean isDocumented(Operation operation, int status) {
        return operation.description.get("responses").has(Integer.toString(status));
    }

    /** In what the answer differs from its description; nothing where it does not. */
    List<String> differences(Operation operation, Answer answer) {
        if (!isDocumented(operation, answer.status())) {
            return List.of("status " + answer.status() + " is not documented");
        }
        JsonNode response = resolve(operation.description.get("responses").get(Integer.toString(answer.status())));
        List<String> differences = new ArrayList<>();
        response.path("headers").properties().stream()
                .filter(header -> resolve(header.getValue()).path("required").asBoolean(false))
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .filter(header -> !answer.headers().containsKey(header))
                .forEach(header -> differences.add("header " + header + " is missing"));
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            if (answer.body().length > 0) {
                differences.add("a body that is not documented");
            }
            return differences;
        }
        JsonNode media = content.path(answer.mediaType());
        if (media.isMissingNode()) {
            differences.add("Content-Type '" + answer.mediaType() + "' is not documented");
        } else if (answer.mediaType().endsWith("json") && media.has("schema")) {
            differences.addAll(schemaErrors(media.get("schema"), answer.json()));
        }
        return differences;
    }

    /** Whether it is the body of an error that may come from any path: the envelope, or a problem. */
    List<String> differencesFromAnyError(Answer answer) {
        String schema = switch (answer.mediaType()) {
            case "application/json" -> answer.status() == 404 ? "NotFoundAnswer" : "BadParameterAnswer";
            case "application/problem+json" -> "Problem";
            default -> null;
        };
        return schema == null
                ? List.of("Content-Type '" + answer.mediaType() + "' of an error")
                : schemaErrors(document.at("/components/schemas/" + schema), answer.json());
    }

    private List<String> schemaErrors(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        // References lead to the components, wherever the schema stands.
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole);
    }
}
