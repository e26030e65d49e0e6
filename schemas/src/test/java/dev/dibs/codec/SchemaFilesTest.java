package dev.dibs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema files say what the codecs write, and no less. */
class SchemaFilesTest {
    /** Fields whose numbers say which one, not how much, and so have no unit. */
    private static final Set<String> NAMES = Set.of(
            "sequence", "from", "to", "epoch", "version", "status", "logPartition", "logOffset", "logStart");

    static Stream<String> topics() {
        return Topics.all(1, (short) 1).stream().map(NewTopic::name);
    }

    static Stream<ApprovedRecord> records() {
        return ApprovedRecord.current().stream();
    }

    static Stream<ApprovedRecord> readOnly() {
        return ApprovedRecord.readOnly().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyTopicHasAValidSchemaFile(String topic) {
        assertThat(SchemaFiles.validateAgainstMetaSchema(topic)).isEmpty();
        assertThat(SchemaFiles.read(topic).get("$id").stringValue())
                .isEqualTo("https://dibs.dev/" + SchemaFiles.path(topic));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyFieldIsDescribedWithAnExampleAndAUnit(String topic) {
        List<String> faults = new ArrayList<>();
        collectFaults(topic, SchemaFiles.read(topic), faults);
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void itsExamplesAreValid(String topic) {
        JsonNode examples = SchemaFiles.read(topic).path("examples");
        for (JsonNode example : examples) {
            assertThat(SchemaFiles.validate(topic, example)).as("%s", example).isEmpty();
        }
        assertThat(examples.isEmpty()).isEqualTo(topic.equals(Topics.DEAD_LETTERS));
    }

    @ParameterizedTest
    @MethodSource({"records"})
    void whatTheCodecsWriteIsValid(ApprovedRecord approved) {
        JsonNode written = Json.MAPPER.readTree(approved.encoded());

        assertThat(SchemaFiles.validate(approved.topic(), written)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("readOnly")
    void whatIsAddedWithinAVersionIsValid(ApprovedRecord approved) {
        assertThat(SchemaFiles.validate(approved.topic(), Json.MAPPER.readTree(approved.bytes())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void aMissingFieldIsInvalid(ApprovedRecord approved) {
        ObjectNode written = written(approved);
        for (String field : List.copyOf(written.propertyNames())) {
            if (!addedLater(approved.topic()).contains(field)) {
                ObjectNode without = written.deepCopy();
                without.remove(field);
                assertThat(SchemaFiles.validate(approved.topic(), without))
                        .as(field)
                        .isNotEmpty();
            }
        }
    }

    /** What was added within the version: older records are without it. */
    private static Set<String> addedLater(String topic) {
        return switch (topic) {
            case Topics.TICKET_EVENTS -> Set.of("addressHash");
            case Topics.GRAB_FUNNEL -> Set.of("waits", "refusedAddresses", "unlistedAddressAtMost");
            case Topics.ACTIVITY_STATS ->
                Set.of(
                        "free",
                        "unreached",
                        "holds",
                        "soldOutAt",
                        "fairness",
                        "waits",
                        "refusedAddresses",
                        "unlistedAddressAtMost",
                        "winnerAddresses",
                        "unlistedWinnerAddressAtMost");
            // The other fields of an entry are missed where these are there.
            case Topics.ACTIVITIES -> Set.of("eligibilityList", "proofOfWorkBits");
            default -> Set.of();
        };
    }

    @ParameterizedTest
    @MethodSource("records")
    void aFieldOfAnotherTypeIsInvalid(ApprovedRecord approved) {
        ObjectNode written = written(approved);
        for (String field : List.copyOf(written.propertyNames())) {
            for (JsonNode wrong :
                    List.of(Json.MAPPER.readTree("null"), Json.MAPPER.readTree("true"), Json.MAPPER.readTree("1.5"))) {
                if (wrong.isBoolean() && written.get(field).isBoolean()) {
                    continue;
                }
                ObjectNode changed = written.deepCopy();
                changed.set(field, wrong);
                assertThat(SchemaFiles.validate(approved.topic(), changed))
                        .as("%s = %s", field, wrong)
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatACodecRefusesItsSchemaRefusesToo(ApprovedRecord approved) {
        for (JsonNode changed : variants(written(approved))) {
            if (!decodes(approved, changed)) {
                assertThat(SchemaFiles.validate(approved.topic(), changed))
                        .as("%s", changed)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aDeadLetterIsAnyBytes() {
        assertThat(SchemaFiles.read(Topics.DEAD_LETTERS).get("contentMediaType").stringValue())
                .isEqualTo("application/octet-stream");
    }

    private static List<JsonNode> variants(ObjectNode written) {
        List<JsonNode> variants = new ArrayList<>();
        for (String field : List.copyOf(written.propertyNames())) {
            ObjectNode without = written.deepCopy();
            without.remove(field);
            variants.add(without);
            for (String value :
                    List.of("null", "true", "-2", "1.5", "9223372036854775808", "\"\"", "\"a b\"", "[]", "{}")) {
                ObjectNode changed = written.deepCopy();
                changed.set(field, Json.MAPPER.readTree(value));
                variants.add(changed);
            }
        }
        return variants;
    }

    private static boolean decodes(ApprovedRecord approved, JsonNode value) {
        try {
            approved.decoder().decode(Json.MAPPER.writeValueAsBytes(value));
            return true;
        } catch (UndecodableRecordException e) {
            return false;
        }
    }

    private static ObjectNode written(ApprovedRecord approved) {
        return (ObjectNode) Json.MAPPER.readTree(approved.encoded());
    }

    private static void collectFaults(String path, JsonNode schema, List<String> faults) {
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            String name = path + "." + field.getKey();
            JsonNode described = field.getValue();
            if (described.path("description").asString("").isBlank()
                    || described.path("examples").isEmpty()) {
                faults.add(name + " lacks a description or an example");
            }
            boolean time = field.getKey().matches(".*(At|Time)|second");
            if (time && !described.path("x-unit").asString("").endsWith("seconds since 1970-01-01T00:00:00Z")) {
                faults.add(name + " lacks its unit");
            }
            boolean quantity = described.path("type").asString("").equals("integer") && !NAMES.contains(field.getKey());
            if (quantity && described.path("x-unit").asString("").isBlank()) {
                faults.add(name + " lacks its unit");
            }
            collectFaults(name, described, faults);
        }
        schema.path("$defs")
                .properties()
                .forEach(def -> collectFaults(path + "/" + def.getKey(), def.getValue(), faults));
        if (schema.has("items")) {
            collectFaults(path + "[]", schema.get("items"), faults);
        }
        if (schema.path("additionalProperties").isBoolean()) {
            faults.add(path + " forbids additions");
        }
    }
}
