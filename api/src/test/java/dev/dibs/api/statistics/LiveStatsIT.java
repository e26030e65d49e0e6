package dev.dibs.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.ActivityState;
import dev.dibs.api.ApiApplication;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Watching over HTTP, against the whole service on real servers, while there is no stream-processor. */
@Timeout(180)
class LiveStatsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ConfigurableApplicationContext api;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ActivityId id = TestIds.activity("watched");
    private final long now = System.currentTimeMillis() / 1_000;

    @BeforeAll
    static void start() {
        TestTopics.create();
        api = run();
    }

    private static ConfigurableApplicationContext run() {
        return ApiApplication.builder()
                .run(
                        "--dibs.port=0",
                        "--dibs.kafka=" + TestServers.kafka(),
                        "--dibs.redis=" + TestServers.redis(),
                        "--dibs.mongodb=" + TestServers.mongodb(),
                        "--dibs.database=" + Documents.DATABASE,
                        "--dibs.partitions=" + TestTopics.PARTITIONS,
                        "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void anActivity() {
        TestLog.append(TestActivities.of(id, ActivityState.PAUSED, now - 60, now + 3_600, 1));
        await().atMost(PATIENCE).until(() -> api.getBean(Catalogue.class).find(id) != null);
    }

    @Test
    void withoutTheProcessorTheStateIsThereAndSaysThatNothingIsCounted() throws Exception {
        HttpResponse<String> answer = get("/stats", token(Role.OPERATOR));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"phase\":\"paused\"").contains("\"statistics\":null");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({"operator, 200", "analyst, 200", "gate, 403", "buyer, 403"})
    void operatorsAndAnalystsMayWatchAndNobodyElse(String role, int status) throws Exception {
        assertThat(get("/stats", token(role)).statusCode()).isEqualTo(status);
        try (EventStream stream = watch(api, token(role))) {
            assertThat(stream.status()).isEqualTo(status);
        }
        assertThat(get("/stats", "no token").statusCode()).isEqualTo(401);
    }

    @Test
    void ofAnActivityThatDoesNotExistNothingIsTold() throws Exception {
        HttpResponse<String> answer = send(uri(api, "/admin/activities/none-such/stats/stream"), token(Role.OPERATOR));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:dibs:problem:no-such-activity");
    }

    @Test
    void onlyStatisticsThatWereCommittedAreTold() throws Exception {
        try (EventStream stream = watch(api, token(Role.ANALYST));
                KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(LiveViewTest.totals(id, 9))).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(LiveViewTest.totals(id, 3))).get();
            producer.commitTransaction();

            await().atMost(PATIENCE).until(() -> last(stream).contains("\"granted\":3"));

            assertThat(stream.data()).noneMatch(data -> data.contains("\"granted\":9"));
            assertThat(last(stream)).contains("\"sell_out\"").contains("\"age_ms\":");
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
        }
    }

    @Test
    void aStreamEndsWhenItsTokenExpires() throws Exception {
        String shortLived =
                api.getBean(Tokens.class).issue(new UserId("anna"), Set.of(Role.ANALYST), Duration.ofSeconds(1));
        try (EventStream stream = watch(api, shortLived)) {
            await().atMost(PATIENCE).until(stream::hasEnded);

            assertThat(last(stream)).contains("token-not-valid");
        }
    }

    @Test
    void aWatcherThatIsGoneLeavesNoStreamBehind() throws Exception {
        LiveStreams streams = api.getBean(LiveStreams.class);
        int before = streams.open();
        EventStream stream = watch(api, token(Role.ANALYST));
        await().atMost(PATIENCE).until(() -> !stream.data().isEmpty());
        assertThat(streams.open()).isEqualTo(before + 1);

        stream.close();

        // That somebody is gone shows when something is written: at the next heartbeat at the latest.
        await().atMost(PATIENCE).until(() -> streams.open() == before);
    }

    @Test
    void aServerThatStopsDoesNotWaitForItsWatchers() throws Exception {
        ConfigurableApplicationContext other = run();
        await().atMost(PATIENCE).until(() -> other.getBean(Catalogue.class).find(id) != null);
        EventStream stream = watch(other, token(Role.ANALYST));
        await().atMost(PATIENCE).until(() -> !stream.data().isEmpty());

        other.close();

        await().atMost(PATIENCE).until(stream::hasEnded);
        assertThat(last(stream)).as("neither broken off nor without a reason").contains("shutting-down");
    }

    private static String last(EventStream stream) {
        return stream.data().isEmpty() ? "" : stream.data().get(stream.data().size() - 1);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.kafka(), "transactional.id", TestIds.unique("stats")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(ActivityStats stats) {
        return new ProducerRecord<>(
                Topics.ACTIVITY_STATS, stats.key().getBytes(StandardCharsets.UTF_8), ActivityStatsCodec.encode(stats));
    }

    private static String token(String role) {
        return api.getBean(Tokens.class).issue(new UserId("anna"), Set.of(role));
    }

    private EventStream watch(ConfigurableApplicationContext at, String token) throws Exception {
        return EventStream.open(http, uri(at, "/admin/activities/" + id + "/stats/stream"), token);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return send(uri(api, "/admin/activities/" + id + path), token);
    }

    private HttpResponse<String> send(URI uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static URI uri(ConfigurableApplicationContext at, String path) {
        return URI.create("http://127.0.0.1:" + at.getEnvironment().getProperty("local.server.port") + path);
    }
}
