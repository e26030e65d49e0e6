package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.running.StatisticsRebuild;
import dev.dibs.results.DeadLetterHeaders;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the running system writes is what analysts have been promised: every record of every topic, from its beginning,
 * after a sale in which everything happens that makes a record.
 */
@Timeout(300)
class ContractIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] NONSENSE = "{\"type\":\"TicketGrabbed\",".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static Services services;
    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> records;
    /** What is not ours to be held to: what this test has spoilt, and what was buried before it began. */
    private static Set<Place> unreadable;

    /** Where a record lies that is known to be unreadable, as the dead letters say it. */
    private record Place(String topic, int partition, long offset) {
        static Place of(ConsumerRecord<byte[], byte[]> record) {
            return new Place(record.topic(), record.partition(), record.offset());
        }

        static Place named(ConsumerRecord<byte[], byte[]> letter) {
            return new Place(
                    header(letter, DeadLetterHeaders.TOPIC),
                    Integer.parseInt(header(letter, DeadLetterHeaders.PARTITION)),
                    Long.parseLong(header(letter, DeadLetterHeaders.OFFSET)));
        }
    }

    static Stream<String> topics() {
        return Topics.all(1, (short) 1).stream().map(NewTopic::name);
    }

    @BeforeAll
    static void sellAndReadEverything() throws Exception {
        TestTopics.create();
        unreadable = buried(TopicRecords.of(Topics.DEAD_LETTERS));
        services = new Services(folder, TestDatabase.nameFor(ContractIT.class), KnownSale.SETTINGS).start();
        Client client = new Client(services.apis());
        KnownSale sale = KnownSale.open(client, "contract", 12);
        for (int i = 0; i < 20; i++) {
            sale.grab("buyer-" + i + "-" + sale.id(), "10.0.0." + i);
        }
        List<Integer> won = List.copyOf(sale.tickets().keySet());
        sale.redeem(won.get(0));
        sale.revoke(won.get(1));
        blockAndUnblock(client.each().get(0), sale);
        logOut(client);
        String nobody = TestIds.activity("nobody").value();
        List<Place> spoilt = List.of(
                spoil(Topics.TICKET_EVENTS, nobody),
                spoil(Topics.GRAB_FUNNEL, nobody),
                spoil(Topics.ACTIVITIES, nobody));
        unreadable.addAll(spoilt);
        sale.awaitCounted();
        await().atMost(PATIENCE)
                .until(() -> buried(TopicRecords.of(Topics.DEAD_LETTERS)).containsAll(spoilt));
        // Everything once more, so that the topic of rebuilds has a record, and rows and letters that were there are
        // met.
        assertThat(StatisticsRebuild.run(TestServers.kafka(), PATIENCE).done()).isTrue();
        records = new HashMap<>();
        topics().forEach(topic -> records.put(topic, TopicRecords.of(topic)));
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyValueIsAsItsSchemaSays(String topic) {
        Contract contract = Contract.of(topic);

        // What must never happen has not; all else has.
        assertThat(records.get(topic).isEmpty()).isEqualTo(topic.equals(Topics.ALARMS));
        for (ConsumerRecord<byte[], byte[]> record : records.get(topic)) {
            if (record.value() == null) {
                assertThat(contract.isCompacted() || unreadable.contains(Place.of(record)))
                        .as("only where the latest of a key counts is nothing a value; %s", Place.of(record))
                        .isTrue();
            } else if (!unreadable.contains(Place.of(record))) {
                assertThat(contract.faults(record.value()))
                        .as("%s", text(record))
                        .isEmpty();
                assertThat(contract.faultsAndSurplus(record.value()))
                        .as("written by us, and named by no schema; %s", text(record))
                        .isEmpty();
            }
        }
    }

    /** Else a writer could add what no schema promises, and nobody would see it: readers pass over it. */
    @ParameterizedTest
    @MethodSource("topics")
    void aFieldThatNoSchemaNamesWouldBeSeenThoughReadersPassOverIt(String topic) {
        Contract contract = Contract.of(topic);

        records.get(topic).stream()
                .filter(record -> record.value() != null && !unreadable.contains(Place.of(record)))
                .findFirst()
                .filter(record -> contract.isJson())
                .map(record -> JSON.readTree(record.value()))
                .filter(JsonNode::isObject)
                .ifPresent(value -> {
                    byte[] more = JSON.writeValueAsBytes(((ObjectNode) value).put("surplus", 1));
                    assertThat(contract.faults(more)).isEmpty();
                    assertThat(contract.faultsAndSurplus(more))
                            .singleElement()
                            .asString()
                            .contains("surplus");
                });
    }

    @Test
    void onlyWhatThisTestHasSpoiltIsBuried() {
        assertThat(buried(records.get(Topics.DEAD_LETTERS))).isEqualTo(unreadable);
    }

    /** What is written again may be dropped by its id only if it is the same. */
    @Test
    void whatHasTheSameSourceAndIdIsTheSame() {
        Map<List<String>, ConsumerRecord<byte[], byte[]>> events = new HashMap<>();

        topics().filter(topic -> Contract.of(topic).hasCloudEvents())
                .flatMap(topic -> records.get(topic).stream())
                .filter(record -> !unreadable.contains(Place.of(record)))
                .forEach(record -> {
                    List<String> name = List.of(header(record, "ce_source"), header(record, "ce_id"));
                    ConsumerRecord<byte[], byte[]> first = events.putIfAbsent(name, record);
                    if (first != null) {
                        assertThat(record.value())
                                .as("%s: %s and %s", name, text(first), text(record))
                                .isEqualTo(first.value());
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everySetOfHeadersIsThatOfACloudEvent(String topic) {
        Contract contract = Contract.of(topic);
        Set<String> ids = new HashSet<>();

        for (ConsumerRecord<byte[], byte[]> record : records.get(topic)) {
            if (unreadable.contains(Place.of(record)) || !contract.hasCloudEvents()) {
                continue;
            }
            CloudEvent event = KafkaMessageFactory.createReader(record.headers(), record.value())
                    .toEvent();
            assertThat(contract.faults(record.headers())).as("%s", text(record)).isEmpty();
            assertThat(event.getData() == null ? null : event.getData().toBytes())
                    .isEqualTo(record.value());
            if (topic.equals(Topics.GRAB_RESULTS)) {
                assertThat(ids.add(event.getId()))
                        .as("an id of its own: %s", event.getId())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyRecordLiesWhereItIsSaidToLie(String topic) {
        Contract contract = Contract.of(topic);

        for (ConsumerRecord<byte[], byte[]> record : records.get(topic)) {
            if (contract.partitionedBy().isEmpty()) {
                assertThat(record.partition()).isZero();
            } else if (record.value() != null && !unreadable.contains(Place.of(record))) {
                String activity = JSON.readTree(record.value())
                        .required(contract.partitionedBy())
                        .stringValue();
                assertThat(record.partition())
                        .as("%s", text(record))
                        .isEqualTo(Topics.partition(new ActivityId(activity), contract.partitions()));
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith(activity);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void onlyWhatCannotBeReadIsADeadLetter(String topic) {
        Contract contract = Contract.of(topic);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(records.get(Topics.DEAD_LETTERS));
        letters.removeIf(letter -> !Place.named(letter).topic().equals(topic));
        Map<Place, byte[]> values = new HashMap<>();
        records.get(topic).forEach(record -> values.put(Place.of(record), record.value()));

        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            if (values.containsKey(Place.named(letter))) {
                assertThat(letter.value()).isEqualTo(values.get(Place.named(letter)));
            }
            assertThat(letter.value() == null
                            || !contract.faults(letter.value()).isEmpty())
                    .as("%s", text(letter))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theTopicIsSetUpInTheBrokerAsDescribed(String topic) throws Exception {
        Contract contract = Contract.of(topic);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(TestServers.kafkaClient())) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);

            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions())
                    .hasSize(contract.partitions());
            assertThat(contract.settings().isEmpty()).isFalse();
            contract.settings()
                    .properties()
                    .forEach(setting -> assertThat(config.get(setting.getKey()).value())
                            .as(setting.getKey())
                            .isEqualTo(Contract.text(setting.getValue())));
        }
    }

    /** @param client of one instance: another one may not have read yet whom this one has blocked */
    private static void blockAndUnblock(Client client, KnownSale sale) {
        String user = TestIds.user("mallory").value();
        String body = "{\"user\":\"%s\",\"reason\":\"a script\",\"until\":%d}"
                .formatted(user, System.currentTimeMillis() / 1_000 + 600);
        Reply blocked = client.post("/admin/blocks", sale.operator(), "application/json", body);
        assertThat(blocked.status()).as("%s", blocked.body()).isBetween(200, 201);
        Reply freed = client.call("DELETE", "/admin/blocks/users/" + user, sale.operator(), "");
        assertThat(freed.status()).as("%s", freed.body()).isBetween(200, 204);
    }

    private static void logOut(Client client) {
        String token = Client.tokenOf(TestIds.user("leaver").value());
        Reply reply = client.post("/user/logout", token, "application/json", "");
        assertThat(reply.ret()).as("%s", reply.body()).isZero();
    }

    /** Writes what nobody can read, with headers that nobody can read. */
    private static Place spoil(String topic, String key) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(TestServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(topic).size();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic,
                    Topics.partition(new ActivityId(key), partitions),
                    key.getBytes(StandardCharsets.UTF_8),
                    NONSENSE);
            record.headers().add("ce_specversion", "9.9".getBytes(StandardCharsets.UTF_8));
            RecordMetadata written = producer.send(record).get();
            return new Place(topic, written.partition(), written.offset());
        }
    }

    private static Set<Place> buried(List<ConsumerRecord<byte[], byte[]>> letters) {
        Set<Place> places = new HashSet<>();
        letters.forEach(letter -> places.add(Place.named(letter)));
        return places;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return Place.of(record) + " "
                + (record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
    }
}
