package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.documents.Documents;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Codes are secrets: whoever reads what the services leave behind finds none of them. */
@ExtendWith(OutputCaptureExtension.class)
class CodesAtRestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = TestDatabase.nameFor(CodesAtRestIT.class);
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static Services services;
    private static Client client;
    private static MongoClient mongo;
    private static MongoDatabase database;

    /** Stands in every code of a test, and nowhere else. */
    private final String secret = TestIds.unique("QZX").toUpperCase(Locale.ROOT);

    @BeforeAll
    static void start() {
        services = new Services(folder, DATABASE).start();
        client = new Client(services.apis());
        mongo = MongoClients.create(TestServers.mongodb());
        database = mongo.getDatabase(DATABASE);
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
            mongo.close();
        }
    }

    @Test
    void noCodeIsFoundInTheDatabaseTheTopicsTheLogsErrorsOrHeaders(CapturedOutput output) throws Exception {
        // Given a sale with a ticket that is won, and one that is redeemed; and every kind of refusal
        Sale sale = Sale.open(client, "at-rest", 5, 1, i -> secret + "-" + i);
        String anna = "anna-" + sale.id();
        JsonNode won = sale.win(anna, "r1").data();
        JsonNode used = sale.win("berta-" + sale.id(), "r1").data();
        String gate = Client.tokenOf("gate-keeper", "gate");
        assertThat(won.required("code").stringValue()).contains(secret);
        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(redeem(gate, used.required("code").stringValue()));
        answers.add(redeem(gate, used.required("code").stringValue()));
        answers.add(redeem(gate, secret + "-4"));
        answers.add(redeem(gate, secret + "-unknown"));
        answers.add(send("/admin/tickets/redeem", gate, "{\"code\":\"" + secret + "-0\",\"door\":1}"));
        answers.add(send("/admin/tickets/redeem", gate, "{\"code\":\"" + secret + "-0\""));
        answers.add(send("/admin/tickets/redeem", gate, "[\"" + secret + "-0\"]"));
        answers.add(send("/admin/tickets/redeem", Client.tokenOf(anna), "{\"code\":\"" + secret + "-0\"}"));
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsExactly(200, 409, 409, 404, 400, 400, 400, 403);
        assertThat(sale.csv()).contains(secret);

        // Then
        assertThat(documents()).noneMatch(document -> document.contains(secret));
        assertThat(fingerprints()).allMatch(CodeFingerprint::isKeyed);
        assertThat(records()).isNotEmpty().noneMatch(record -> record.contains(secret));
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.headers().map() + answer.body()).doesNotContain(secret));
        assertThat(output.getAll()).isNotEmpty().doesNotContain(secret);
    }

    @Test
    void codesOfATimeWithoutASealAreReadAndSealedWhileTheDoorIsOpen() {
        // Given codes as they were stored once
        Sale sale = Sale.open(client, "unsealed", 3, 1, i -> secret + "-" + i);
        JsonNode won = sale.win("anna-" + sale.id(), "r1").data();
        String code = won.required("code").stringValue();
        assertThat(sale.csv()).contains(code);
        unseal(code);
        assertThat(documents()).as("the search finds what is there").anyMatch(document -> document.contains(secret));
        assertThat(sale.csv()).contains(code);
        Reply letIn = client.post(
                "/admin/tickets/redeem",
                Client.tokenOf("gate-keeper", "gate"),
                JSON,
                "{\"code\":\"" + code + "\",\"gate\":\"north\"}");
        assertThat(letIn.status()).as("%s", letIn.body()).isEqualTo(200);

        String operator = client.adminToken();
        String after = "";
        int changed = 0;
        do {
            JsonNode done = client.post("/admin/codes/reseal?after=" + after, operator, JSON, "")
                    .body();
            changed += done.required("changed").intValue();
            after = done.required("next").stringValue();
        } while (!after.isEmpty());

        assertThat(changed).isEqualTo(3);
        assertThat(documents()).noneMatch(document -> document.contains(secret));
        assertThat(fingerprints()).allMatch(CodeFingerprint::isKeyed);
        assertThat(sale.csv()).contains(code);
        assertThat(client.post("/admin/codes/reseal?after=nowhere", operator, JSON, "")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/admin/codes/reseal", Client.tokenOf("anna"), JSON, "")
                        .status())
                .isEqualTo(403);
    }

    private static void unseal(String code) {
        CodeFingerprint keyed = Services.fingerprints();
        String plain = CodeFingerprint.plain(code);
        Document fingerprint = one(Documents.CODE_FINGERPRINTS, keyed.keyed(plain));
        String codeId = Documents.codeId(
                new dev.dibs.ids.ActivityId(fingerprint.getString("activityId")),
                new dev.dibs.ids.ImportId(fingerprint.getString("importId")),
                fingerprint.getInteger("row"));
        String ticket = Flux.from(database.getCollection(Documents.USER_TICKETS)
                        .find(Filters.eq("activityId", fingerprint.getString("activityId"))))
                .map(row -> row.getString("_id"))
                .blockFirst(PATIENCE);
        set(Documents.TICKET_CODES, codeId, code);
        set(Documents.USER_TICKETS, ticket, code);
        Mono.from(database.getCollection(Documents.CODE_FINGERPRINTS)
                        .insertOne(new Document(fingerprint).append("_id", plain)))
                .block(PATIENCE);
        Mono.from(database.getCollection(Documents.CODE_FINGERPRINTS).deleteOne(Filters.eq("_id", keyed.keyed(plain))))
                .block(PATIENCE);
    }

    private static void set(String collection, String id, String code) {
        Mono.from(database.getCollection(collection)
                        .updateOne(Filters.eq("_id", id), Updates.set(Documents.Code.CODE, code)))
                .block(PATIENCE);
    }

    private static Document one(String collection, String id) {
        return Mono.from(database.getCollection(collection)
                        .find(Filters.eq("_id", id))
                        .first())
                .block(PATIENCE);
    }

    private static List<String> documents() {
        return Flux.from(database.listCollectionNames())
                .concatMap(name -> database.getCollection(name).find())
                .map(Document::toJson)
                .collectList()
                .block(PATIENCE);
    }

    private static List<String> fingerprints() {
        return Flux.from(database.getCollection(Documents.CODE_FINGERPRINTS).find())
                .map(document -> document.getString("_id"))
                .collectList()
                .block(PATIENCE);
    }

    /** Keys, values and headers of every record of every topic, also of those that Kafka Streams keeps for itself. */
    private static List<String> records() {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestServers.kafka());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(text(record)));
            }
            return records;
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(text(record.key())).append(text(record.value()));
        record.headers().forEach(header -> text.append(header.key()).append(text(header.value())));
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static HttpResponse<String> redeem(String token, String code) throws Exception {
        return send("/admin/tickets/redeem", token, "{\"code\":\"" + code + "\",\"gate\":\"north\"}");
    }

    private static HttpResponse<String> send(String path, String token, String body) throws Exception {
        URI api = services.apis().get(0);
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
