package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.results.DeadLetterHeaders;
import dev.dibs.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the topics is about the topics that there are. */
class AsyncApiTest {
    private final JsonNode api = read();

    @Test
    void itIsOfVersionThree() {
        assertThat(api.get("asyncapi").stringValue()).isEqualTo("3.0.0");
        assertThat(api.propertyNames()).contains("info", "channels", "operations", "components");
    }

    @Test
    void itDescribesExactlyTheTopicsThereAre() {
        List<String> described = new ArrayList<>();
        api.get("channels")
                .forEach(channel -> described.add(channel.get("address").stringValue()));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all(1, (short) 1).stream().map(NewTopic::name).toList());
    }

    @Test
    void everyTopicHasItsKeyAndItsSchemaFile() {
        api.get("channels").forEach(channel -> {
            JsonNode message = resolve(channel.get("messages").iterator().next());
            String topic = channel.get("address").stringValue();

            assertThat(message.at("/payload/$ref").stringValue()).isEqualTo(SchemaFiles.path(topic));
            assertThat(resolve(message.at("/bindings/kafka/key"))
                            .path("description")
                            .isString())
                    .as(topic)
                    .isTrue();
        });
    }

    @Test
    void everyTopicIsWrittenBySomebody() {
        List<String> written = new ArrayList<>();
        api.get("operations")
                .forEach(operation -> written.add(
                        resolve(operation.get("channel")).get("address").stringValue()));

        assertThat(written).hasSize(api.get("channels").size()).doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collectReferences(api, references);

        assertThat(references).hasSizeGreaterThan(20).allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(api.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(getClass().getResource("/" + reference))
                        .as(reference)
                        .isNotNull();
            }
        });
    }

    @Test
    void itsHeadersAreTheOnesThatAreWritten() {
        RecordHeaders written = new RecordHeaders();
        CloudEventHeaders.write(written, "id", "TicketGrabbed", "/dibs/api/a1", 0);
        List<String> names = new ArrayList<>();
        for (Header header : written) {
            names.add(header.key());
        }

        JsonNode described = api.at("/components/schemas/cloudEventHeaders");
        assertThat(described.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(api.at("/components/schemas/deadLetterHeaders/properties").propertyNames())
                .containsExactlyInAnyOrder(
                        DeadLetterHeaders.TOPIC,
                        DeadLetterHeaders.PARTITION,
                        DeadLetterHeaders.OFFSET,
                        DeadLetterHeaders.ERROR,
                        DeadLetterHeaders.VALUE_BYTES);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? api.at(node.get("$ref").stringValue().substring(1)) : node;
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (property.getKey().equals("$ref")) {
                references.add(property.getValue().stringValue());
            }
        }
        node.forEach(child -> collectReferences(child, references));
    }

    private static JsonNode read() {
        try (InputStream in = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
