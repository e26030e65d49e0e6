package dev.dibs.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the topics. */
final class AsyncApiFile {
    private static final JsonNode API = readYaml();

    private AsyncApiFile() {}

    static JsonNode read() {
        return API.deepCopy();
    }

    /** @param topic its name in Kafka */
    static JsonNode channel(String topic) {
        return API.get("channels")
                .valueStream()
                .filter(channel -> channel.get("address").stringValue().equals(topic))
                .findFirst()
                .orElseThrow(() -> new AssertionError("asyncapi.yaml has no channel for " + topic));
    }

    static JsonNode message(String topic) {
        return resolve(channel(topic).get("messages").iterator().next());
    }

    /** What a reference leads to, in the description itself or in a schema file; missing where it leads nowhere. */
    static JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String[] reference = node.get("$ref").stringValue().split("#", 2);
        JsonNode document = reference[0].isEmpty() ? API : readJson(reference[0]);
        return reference.length == 1 ? document : document.at(reference[1]);
    }

    private static JsonNode readJson(String path) {
        try (InputStream in = AsyncApiFile.class.getResourceAsStream("/" + path)) {
            return in == null ? MissingNode.getInstance() : Json.MAPPER.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode readYaml() {
        try (InputStream in = AsyncApiFile.class.getResourceAsStream("/asyncapi.yaml")) {
            return new YAMLMapper().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
