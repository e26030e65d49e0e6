package dev.dibs.e2e;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What analysts have been promised of a topic: asyncapi.yaml and the schema file that it names. */
final class Contract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode API = read(new YAMLMapper(), "asyncapi.yaml");

    private final JsonNode channel;
    private final JsonNode message;
    private final Schema value;
    private final Schema closedValue;
    private final Schema headers;

    private Contract(JsonNode channel) {
        this.channel = channel;
        message = resolve(channel.required("messages").iterator().next());
        JsonNode payload = resolve(message.required("payload"));
        value = schema(payload);
        closedValue = schema(ClosedSchema.of(payload));
        headers = message.has("headers") ? schema(withoutReferences(message.required("headers"))) : null;
    }

    static Contract of(String topic) {
        return API.required("channels")
                .valueStream()
                .filter(channel -> channel.required("address").stringValue().equals(topic))
                .map(Contract::new)
                .findFirst()
                .orElseThrow();
    }

    /** What is wrong with a value; nothing where the topic takes any bytes. */
    List<String> faults(byte[] bytes) {
        return faults(value, bytes);
    }

    /**
     * The same of what we write ourselves: fields that the schema does not name are wrong, too. Readers must pass over
     * them, for they may be of a later build; written by this one they would be a promise that nobody has read.
     */
    List<String> faultsAndSurplus(byte[] bytes) {
        return faults(closedValue, bytes);
    }

    private List<String> faults(Schema schema, byte[] bytes) {
        if (!isJson()) {
            return List.of();
        }
        try {
            JsonNode node = JSON.readTree(bytes);
            return node == null || node.isMissingNode() ? List.of("there is no value") : texts(schema.validate(node));
        } catch (JacksonException e) {
            return List.of("it is no JSON: " + e.getOriginalMessage());
        }
    }

    /** What is wrong with a set of headers. */
    List<String> faults(Headers set) {
        if (headers == null) {
            return List.of();
        }
        ObjectNode node = JSON.createObjectNode();
        for (Header header : set) {
            node.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return texts(headers.validate(node));
    }

    boolean isJson() {
        return !message.path("contentType").asString("application/json").equals("application/octet-stream");
    }

    boolean hasCloudEvents() {
        return headers != null;
    }

    boolean isCompacted() {
        return settings()
                .required("cleanup.policy")
                .valueStream()
                .anyMatch(policy -> policy.stringValue().equals("compact"));
    }

    /** The field of the value that decides the partition, or empty where there is one partition. */
    String partitionedBy() {
        return kafka().path("x-partitioned-by").asString("");
    }

    int partitions() {
        return kafka().required("partitions").intValue();
    }

    /** Settings of the topic in the broker. */
    JsonNode settings() {
        return kafka().required("topicConfiguration");
    }

    /** As Kafka shows it. */
    static String text(JsonNode setting) {
        return setting.isArray()
                ? setting.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(","))
                : setting.asString();
    }

    private JsonNode kafka() {
        return channel.at("/bindings/kafka");
    }

    private static Schema schema(JsonNode node) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(node);
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }

    private static JsonNode withoutReferences(JsonNode node) {
        if (node.has("$ref")) {
            return withoutReferences(resolve(node));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.createObjectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), withoutReferences(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(element -> copy.add(withoutReferences(element)));
            return copy;
        }
        return node;
    }

    private static JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String[] reference = node.required("$ref").stringValue().split("#", 2);
        JsonNode document = reference[0].isEmpty() ? API : read(JSON, reference[0]);
        return reference.length == 1 ? document : document.at(reference[1]);
    }

    private static JsonNode read(ObjectMapper mapper, String path) {
        try (InputStream in = Contract.class.getResourceAsStream("/" + path)) {
            return mapper.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
