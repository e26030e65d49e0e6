package dev.dibs.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The form of an AsyncAPI 3.0 document as far as Dibs makes use of it: which fields an object may have and must have, and
 * where references may lead. Written after the specification's text; stricter than the official schema (see
 * {@code AsyncApiSchemaTest}) in what it lets references be.
 */
final class AsyncApiForm {
    /** What an object may have, and what of it it must have. */
    private record Fields(Set<String> required, Set<String> optional) {
        boolean knows(String field) {
            return required.contains(field) || optional.contains(field) || field.startsWith("x-");
        }
    }

    private static final Fields ROOT = new Fields(
            Set.of("asyncapi", "info"),
            Set.of("id", "servers", "defaultContentType", "channels", "operations", "components"));
    private static final Fields INFO = new Fields(
            Set.of("title", "version"),
            Set.of("description", "termsOfService", "contact", "license", "tags", "externalDocs"));
    private static final Fields SERVER = new Fields(
            Set.of("host", "protocol"),
            Set.of("protocolVersion", "pathname", "title", "summary", "description", "variables", "security", "tags"));
    private static final Fields CHANNEL = new Fields(
            Set.of("address", "messages"),
            Set.of("title", "summary", "description", "servers", "parameters", "tags", "externalDocs", "bindings"));
    private static final Fields OPERATION = new Fields(
            Set.of("action", "channel"),
            Set.of("title", "summary", "description", "security", "tags", "bindings", "traits", "messages", "reply"));
    private static final Fields MESSAGE = new Fields(
            Set.of("payload"),
            Set.of(
                    "headers",
                    "contentType",
                    "name",
                    "title",
                    "summary",
                    "description",
                    "tags",
                    "bindings",
                    "examples"));
    private static final Fields COMPONENTS =
            new Fields(Set.of(), Set.of("schemas", "servers", "channels", "operations", "messages", "parameters"));
    /** Of the Kafka bindings, version 0.5.0. */
    private static final Fields TOPIC =
            new Fields(Set.of("bindingVersion"), Set.of("topic", "partitions", "replicas", "topicConfiguration"));

    private static final Fields RECORD = new Fields(
            Set.of("bindingVersion"),
            Set.of("key", "schemaIdLocation", "schemaIdPayloadEncoding", "schemaLookupStrategy"));
    private static final Set<String> ACTIONS = Set.of("send", "receive");

    private final List<String> faults = new ArrayList<>();

    private AsyncApiForm() {}

    static List<String> faults(JsonNode api) {
        AsyncApiForm form = new AsyncApiForm();
        form.check(api);
        return form.faults;
    }

    private void check(JsonNode api) {
        fields("", api, ROOT);
        fields("/info", api.path("info"), INFO);
        each(api.path("servers")).forEach((name, server) -> fields("/servers/" + name, server, SERVER));
        each(api.path("channels")).forEach((name, channel) -> {
            fields("/channels/" + name, channel, CHANNEL);
            binding("/channels/" + name, channel, TOPIC);
            each(channel.path("messages"))
                    .forEach((message, reference) ->
                            reference("/channels/" + name, reference, "#/components/messages/"));
        });
        each(api.path("operations")).forEach((name, operation) -> {
            fields("/operations/" + name, operation, OPERATION);
            reference("/operations/" + name, operation.path("channel"), "#/channels/");
            if (!ACTIONS.contains(operation.path("action").asString(""))) {
                faults.add("/operations/" + name + "/action must be one of " + ACTIONS);
            }
        });
        fields("/components", api.path("components"), COMPONENTS);
        each(api.path("components").path("messages")).forEach((name, message) -> {
            fields("/components/messages/" + name, message, MESSAGE);
            binding("/components/messages/" + name, message, RECORD);
            reference("/components/messages/" + name, message.path("payload"), "schemas/");
        });
    }

    private void binding(String path, JsonNode of, Fields fields) {
        JsonNode kafka = of.path("bindings").path("kafka");
        fields(path + "/bindings/kafka", kafka, fields);
        if (!kafka.path("bindingVersion").asString("").equals("0.5.0")) {
            faults.add(path + "/bindings/kafka/bindingVersion must be the text 0.5.0");
        }
    }

    private void fields(String path, JsonNode object, Fields fields) {
        if (!object.isObject()) {
            faults.add(path + " must be an object");
            return;
        }
        for (String required : fields.required()) {
            if (!object.has(required)) {
                faults.add(path + "/" + required + " is missing");
            }
        }
        for (String field : object.propertyNames()) {
            if (!fields.knows(field)) {
                faults.add(path + "/" + field + " is not known");
            }
        }
    }

    private void reference(String path, JsonNode node, String where) {
        if (node.size() != 1 || !node.path("$ref").asString("").startsWith(where)) {
            faults.add(path + " must refer to something in " + where);
        }
    }

    private static Map<String, JsonNode> each(JsonNode named) {
        Map<String, JsonNode> entries = new TreeMap<>();
        named.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }
}
