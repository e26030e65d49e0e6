package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Within a version of a topic fields are only added. Whoever breaks that breaks this test, and makes a topic of a new
 * version instead (docs/analysts.md).
 */
class SchemaVersionsTest {

    static Stream<String> topics() {
        return SchemaRevision.currentTopics().stream();
    }

    static Stream<SchemaRevision> revisions() {
        return SchemaRevision.all().stream();
    }

    @Test
    void everyTopicIsApprovedAndNoneThatWasIsGone() {
        assertThat(SchemaRevision.topics()).isEqualTo(SchemaRevision.currentTopics());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theSchemaIsTheOneThatWasApprovedLast(String topic) {
        List<SchemaRevision> revisions = SchemaRevision.of(topic);
        SchemaRevision last = revisions.get(revisions.size() - 1);

        assertThat(revisions).extracting(SchemaRevision::number).isEqualTo(oneTo(revisions.size()));
        JsonNode schema = SchemaFiles.read(topic);
        String hint = "who changes a schema adds approved-schemas/%s.r%d".formatted(last.topic(), last.number() + 1);
        // Words may be put better at any time. Compared both ways, nothing else may have changed, nor been added.
        assertThat(SchemaChange.faults(last.schema(), schema)).as(hint).isEmpty();
        assertThat(SchemaChange.faults(schema, last.schema())).as(hint).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void fromOneApprovedSchemaToTheNextFieldsAreOnlyAdded(String topic) {
        List<SchemaRevision> revisions = SchemaRevision.of(topic);
        for (int next = 1; next < revisions.size(); next++) {
            assertThat(SchemaChange.faults(
                            revisions.get(next - 1).schema(),
                            revisions.get(next).schema()))
                    .as("%s", revisions.get(next))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void oldSamplesAreValidUnderTheNewestSchema(String topic) {
        for (JsonNode sample : samples(topic)) {
            assertThat(SchemaFiles.validate(topic, sample)).as("%s", sample).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void theNewestSamplesAreValidUnderEveryOlderSchema(SchemaRevision revision) {
        for (JsonNode sample : samples("dibs." + revision.topic())) {
            assertThat(SchemaFiles.validate(revision.schema(), sample))
                    .as("%s", sample)
                    .isEmpty();
        }
    }

    @Test
    void theSamplesAreOfOldAndNewRecords() {
        // A record from before there were measures, and one with them.
        assertThat(samples(Topics.GRAB_FUNNEL))
                .anySatisfy(sample -> assertThat(sample.has("waits")).isFalse())
                .anySatisfy(sample -> assertThat(sample.has("waits")).isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a field that is gone          | {"properties": {"requests": null}}
            a promise taken back          | {"required": ["schemaVersion"]}
            another type                  | {"properties": {"requests": {"type": "string"}}}
            another unit                  | {"properties": {"second": {"x-unit": "minutes"}}}
            no unit any more              | {"properties": {"second": {"x-unit": null}}}
            a tighter bound               | {"properties": {"requests": {"maximum": 10}}}
            a new bound                   | {"properties": {"instance": {"maxLength": 3}}}
            a bound that is gone          | {"properties": {"requests": {"minimum": null}}}
            another version               | {"properties": {"schemaVersion": {"const": 2}}}
            something that must not be    | {"additionalProperties": false}
            a rule about what was there   | {"dependentRequired": {"requests": ["answers"]}}
            a field of an element is gone | {"properties": {"refusedAddresses": {"items": {"properties": {"atLeast": null}}}}}
            """)
    void aBreakingChangeIsSeen(String what, String patch) {
        JsonNode schema = SchemaFiles.read(Topics.GRAB_FUNNEL);

        assertThat(SchemaChange.faults(schema, patched(schema, patch))).as(what).isNotEmpty();
    }

    @Test
    void aFieldThatOldRecordsLackMustNotBeDemanded() {
        ObjectNode schema = (ObjectNode) SchemaFiles.read(Topics.GRAB_FUNNEL);
        ObjectNode changed = schema.deepCopy();
        ((ArrayNode) changed.get("required")).add("waits");

        assertThat(SchemaChange.faults(schema, changed)).isNotEmpty();
        // The samples alone see it too.
        assertThat(samples(Topics.GRAB_FUNNEL))
                .anySatisfy(sample ->
                        assertThat(SchemaFiles.validate(changed, sample)).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            better words                  | {"description": "Better.", "properties": {"requests": {"description": "Better."}}}
            another example               | {"properties": {"requests": {"examples": [1, 2]}}}
            a field more                  | {"properties": {"region": {"type": "string", "maxLength": 8}}}
            a rule about the new field    | {"properties": {"region": {"type": "string"}}, "dependentRequired": {"region": ["instance"]}}
            a field more in an element    | {"properties": {"refusedAddresses": {"items": {"properties": {"share": {"type": "number"}}}}}}
            """)
    void anAdditionIsNoBreakingChange(String what, String patch) {
        JsonNode schema = SchemaFiles.read(Topics.GRAB_FUNNEL);

        assertThat(SchemaChange.faults(schema, patched(schema, patch))).as(what).isEmpty();
    }

    /** Everything that is or was written, as far as anybody has kept it. */
    private static List<JsonNode> samples(String topic) {
        List<JsonNode> samples = new ArrayList<>();
        Stream.concat(ApprovedRecord.current().stream(), ApprovedRecord.readOnly().stream())
                .filter(record -> record.topic().equals(topic))
                .forEach(record -> samples.add(Json.MAPPER.readTree(record.bytes())));
        SchemaRevision.of(topic).forEach(revision -> samples.addAll(revision.examples()));
        SchemaFiles.read(topic).path("examples").forEach(samples::add);
        return samples;
    }

    /** A merge patch, as RFC 7396 has it. */
    private static JsonNode patched(JsonNode node, String patch) {
        return merged(node, Json.MAPPER.readTree(patch));
    }

    private static JsonNode merged(JsonNode node, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = node instanceof ObjectNode object ? object.deepCopy() : Json.MAPPER.createObjectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), merged(result.path(field.getKey()), field.getValue()));
            }
        });
        return result;
    }

    private static List<Integer> oneTo(int last) {
        return Stream.iterate(1, number -> number + 1).limit(last).toList();
    }
}
