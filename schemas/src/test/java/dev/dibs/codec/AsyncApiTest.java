package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.results.DeadLetterHeaders;
import dev.dibs.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the topics is about the topics that there are. */
class AsyncApiTest {
    /** As many partitions as the description speaks of: the default. */
    private static final int PARTITIONS = 6;

    private final JsonNode api = AsyncApiFile.read();

    static Stream<NewTopic> topics() {
        return Topics.all(PARTITIONS, (short) 1).stream();
    }

    @Test
    void itIsOfVersionThree() {
        assertThat(api.get("asyncapi").stringValue()).isEqualTo("3.0.0");
        assertThat(api.propertyNames()).contains("info", "channels", "operations", "components");
    }

    @Test
    void itHasTheFormOfTheSpecification() {
        assertThat(AsyncApiForm.faults(api)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/channels/ticketEvents, adress",
        "/channels/ticketEvents/bindings/kafka, retention",
        "/operations/writeActivities, topic",
        "/components/messages/activity, body",
        "/components/messages/activity/bindings/kafka, partitions",
        "/info, name",
        "'', topics"
    })
    void whatTheSpecificationDoesNotKnowIsSeen(String path, String field) {
        ((ObjectNode) api.at(path)).put(field, "x");

        assertThat(AsyncApiForm.faults(api)).singleElement().asString().contains(field);
    }

    @Test
    void whatIsMissingOrLeadsElsewhereIsSeen() {
        ((ObjectNode) api.at("/operations/writeActivities")).put("action", "write");
        ((ObjectNode) api.at("/operations/writeAudit/channel")).put("$ref", "#/components/messages/activity");
        ((ObjectNode) api.at("/channels/audit")).remove("address");

        assertThat(AsyncApiForm.faults(api)).hasSize(3);
    }

    @Test
    void itDescribesExactlyTheTopicsThereAre() {
        List<String> described = new ArrayList<>();
        api.get("channels")
                .forEach(channel -> described.add(channel.get("address").stringValue()));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        topics().map(NewTopic::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aTopicHasItsKeyAndItsSchemaFile(NewTopic topic) {
        JsonNode message = AsyncApiFile.message(topic.name());

        assertThat(message.at("/payload/$ref").stringValue()).isEqualTo(SchemaFiles.path(topic.name()));
        assertThat(AsyncApiFile.resolve(message.at("/bindings/kafka/key"))
                        .path("description")
                        .isString())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void itsPartitionsAndRetentionAreTheOnesThatItIsMadeWith(NewTopic topic) {
        JsonNode kafka = AsyncApiFile.channel(topic.name()).at("/bindings/kafka");

        assertThat(kafka.get("topic").stringValue()).isEqualTo(topic.name());
        assertThat(kafka.get("partitions").intValue()).isEqualTo(topic.numPartitions());
        assertThat(kafka.get("replicas").intValue()).isEqualTo(topic.replicationFactor());
        assertThat(settings(kafka.get("topicConfiguration"))).isEqualTo(new TreeMap<>(topic.configs()));
        assertThat(kafka.has("x-partitioned-by"))
                .as("where there are several partitions it is said what decides")
                .isEqualTo(topic.numPartitions() > 1);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void itIsSaidOfEachTopicWhetherItsRecordsAreCloudEvents(NewTopic topic) {
        JsonNode parts = AsyncApiFile.message(topic.name()).at("/headers/allOf");

        if (topic.name().equals(Topics.STATS_REBUILDS)) {
            assertThat(parts.isMissingNode()).isTrue();
        } else {
            assertThat(parts.get(0).get("$ref").stringValue()).isEqualTo("#/components/schemas/cloudEventHeaders");
            assertThat(parts.get(parts.size() - 1).at("/properties/ce_type").isObject())
                    .isTrue();
        }
    }

    @Test
    void everyTopicIsWrittenBySomebody() {
        List<String> written = new ArrayList<>();
        api.get("operations")
                .forEach(operation -> written.add(AsyncApiFile.resolve(operation.get("channel"))
                        .get("address")
                        .stringValue()));

        assertThat(written).hasSize(api.get("channels").size()).doesNotHaveDuplicates();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = new ArrayList<>();
        collectReferences(api, references);

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        reference -> assertThat(AsyncApiFile.resolve(reference).isMissingNode())
                                .as("%s", reference)
                                .isFalse());
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
        JsonNode ofDeadLetters =
                AsyncApiFile.resolve(AsyncApiFile.message(Topics.DEAD_LETTERS).at("/headers/allOf/1"));
        assertThat(ofDeadLetters.get("properties").propertyNames())
                .containsExactlyInAnyOrder(
                        DeadLetterHeaders.TOPIC,
                        DeadLetterHeaders.PARTITION,
                        DeadLetterHeaders.OFFSET,
                        DeadLetterHeaders.ERROR,
                        DeadLetterHeaders.VALUE_BYTES);
        assertThat(ofDeadLetters.get("patternProperties").propertyNames())
                .containsExactly("^" + DeadLetterHeaders.OF_RECORD);
    }

    /** As Kafka writes them. */
    private static Map<String, String> settings(JsonNode described) {
        Map<String, String> settings = new TreeMap<>();
        described
                .properties()
                .forEach(setting -> settings.put(
                        setting.getKey(),
                        setting.getValue().isArray()
                                ? setting.getValue()
                                        .valueStream()
                                        .map(JsonNode::stringValue)
                                        .collect(Collectors.joining(","))
                                : setting.getValue().asString()));
        return settings;
    }

    private static void collectReferences(JsonNode node, List<JsonNode> references) {
        if (node.path("$ref").isString()) {
            references.add(node);
        }
        node.forEach(child -> collectReferences(child, references));
    }
}
