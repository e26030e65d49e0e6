package dev.dibs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.testkit.LogPosition;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** Activities that are over take no memory and no time to start, and their owners still see their tickets. */
class FinishedActivityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TicketKind SEAT = new TicketKind("seat");
    private static final UserId ANNA = new UserId("anna");
    private static final int WINNERS = 50;
    private static final List<ActivityId> OF_ONE_PARTITION = IntStream.range(0, 100)
            .mapToObj(i -> new ActivityId("sale-" + i))
            .filter(id -> Topics.partition(id, TestTopics.PARTITIONS) == 1)
            .limit(2)
            .toList();
    private static final ActivityId OLD = OF_ONE_PARTITION.get(0);
    private static final ActivityId NEW = OF_ONE_PARTITION.get(1);

    @TempDir
    private Path folder;

    private final long now = System.currentTimeMillis() / 1_000;
    private final String database = "finished-" + UUID.randomUUID();
    private EmbeddedKafka kafka;
    private EmbeddedRedis redis;
    private TestLog log;
    private MongoClient mongoClient;
    private MongoDatabase mongo;
    private RedisClient redisClient;
    private StatefulRedisConnection<String, String> connection;
    private ConfigurableApplicationContext api;
    private String token;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        redis = EmbeddedRedis.start(folder.resolve("redis"));
        log = TestLog.connect(kafka.bootstrapServers());
        redisClient = RedisClient.create(redis.uri());
        connection = redisClient.connect();
        mongoClient = MongoClients.create(TestServers.mongodb());
        mongo = mongoClient.getDatabase(database);
    }

    @AfterEach
    void stop() throws Exception {
        if (api != null) {
            api.close();
        }
        mongoClient.close();
        connection.close();
        redisClient.shutdown();
        log.close();
        redis.close();
        kafka.close();
    }

    @Test
    void aStartReadsNothingOfWhatIsOverAndItsOwnersStillSeeTheirTickets() {
        // Given a sale whose tickets nobody can use any more, and one that runs
        List<TicketId> won = sale(OLD, 0, now - 8_000);
        long start = log.writeRaw(OLD, "not an event".getBytes(StandardCharsets.UTF_8))
                        .offset()
                + 1;
        sale(NEW, start, now + 8_000);
        keysOf(OLD);

        // When
        startApi(Map.of());
        project(OLD, won.get(0), 0, Long.MAX_VALUE);

        // Then
        LedgerFollower ledger = api.getBean(LedgerFollower.class);
        assertThat(ledger.recordsRead()).isBetween(WINNERS + 2L, WINNERS + 10L);
        assertThat(ledger.isReleased(OLD)).isTrue();
        assertThat(ledger.account(OLD)).isNull();
        assertThat(ledger.account(NEW).granted()).isEqualTo(WINNERS);
        ownerSees(OLD, won.get(0));
        assertThat(ret("/ticket/get?actId=" + OLD + "&requestId=another")).isEqualTo(-1);
        assertThat(ret("/ticket/get?actId=" + OLD)).isEqualTo(-1);
        InventoryKeys keys = new InventoryKeys(OLD);
        await().atMost(PATIENCE).until(() -> redis().exists(keys.state(), keys.users(), keys.codes()) == 0);
    }

    @Test
    void aRunningInstanceLetsGoOfWhatIsOverOnceItIsProjected() {
        // Given
        List<TicketId> won = sale(OLD, 0, now + 8_000);
        startApi(Map.of());
        LedgerFollower ledger = api.getBean(LedgerFollower.class);
        assertThat(ledger.account(OLD).granted()).isEqualTo(WINNERS);
        ownerSees(OLD, won.get(0));
        log.write(activity(OLD, 2, now - 8_000, 0));

        // When
        await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> !ledger.isReleased(OLD));
        project(OLD, won.get(0), 0, Long.MAX_VALUE);

        // Then
        await().atMost(PATIENCE).until(() -> ledger.isReleased(OLD));
        assertThat(ledger.account(OLD)).isNull();
        ownerSees(OLD, won.get(0));
    }

    @Test
    void aSaleThatWasEndedIsLetGoOfThoughRedisHasNotHeardOfIt() {
        // Given two sales that are over, of which Redis believes that they go on; one of them was ended by an operator
        List<TicketId> won = sale(OLD, 0, now - 4_000);
        sale(NEW, 0, now - 4_000);
        log.write(activity(OLD, 2, now - 4_000, 0).withState(ActivityState.ENDED));
        for (ActivityId id : OF_ONE_PARTITION) {
            keysOf(id);
            redis().hset(new InventoryKeys(id).state(), "closes", Long.toString((now + 8_000) * 1_000));
        }

        // When
        startApi(Map.of());
        project(OLD, won.get(0), 0, Long.MAX_VALUE);

        // Then
        await().atMost(PATIENCE).until(() -> redis().exists(new InventoryKeys(OLD).state()) == 0);
        assertThat(redis().exists(new InventoryKeys(NEW).state())).isEqualTo(1);
    }

    private void ownerSees(ActivityId id, TicketId ticket) {
        // A pause of the busy machine may make a read give up, which is told as -3 and can be repeated.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(field("/ticket/result?actId=" + id, "$.data.id")).isEqualTo(ticket.toString());
            assertThat(field("/ticket/get?actId=" + id + "&requestId=r0", "$.data.id"))
                    .isEqualTo(ticket.toString());
            assertThat(field("/act/detail?actId=" + id, "$.data.ticketId")).isEqualTo(ticket.toString());
            assertThat(get("/ticket/list")).contains(ticket.toString());
            assertThat(field("/ticket/detail?ticketId=" + ticket, "$.data.id")).isEqualTo(ticket.toString());
        });
    }

    private int ret(String path) {
        return JsonPath.<Integer>read(get(path), "$.ret");
    }

    private String field(String path, String field) {
        String answer = get(path);
        assertThat(JsonPath.<Integer>read(answer, "$.ret")).as(answer).isZero();
        return JsonPath.read(answer, field);
    }

    private String get(String path) {
        return new String(
                WebTestClient.bindToServer()
                        .baseUrl("http://127.0.0.1:" + api.getEnvironment().getProperty("local.server.port"))
                        .responseTimeout(PATIENCE)
                        .build()
                        .get()
                        .uri(path)
                        .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
    }

    private void startApi(Map<String, String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.port=0",
                "--dibs.kafka=" + kafka.bootstrapServers(),
                "--dibs.redis=" + redis.uri(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + database,
                "--dibs.partitions=" + TestTopics.PARTITIONS,
                "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests",
                // One buyer asks more often here than people may.
                "--dibs.rate.grabs=0"));
        more.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        api = new SpringApplicationBuilder(ApiApplication.class).run(arguments.toArray(String[]::new));
        token = api.getBean(Tokens.class).issue(ANNA, Set.of());
    }

    /** A sale in which anna has won the first code. */
    private List<TicketId> sale(ActivityId id, long logStart, long end) {
        log.write(activity(id, 1, end, logStart));
        long epoch = log.write(new EpochOpened(UUID.randomUUID(), 1, id, "nonce", "fence", 1))
                .offset();
        List<TicketEvent> events = new ArrayList<>();
        events.add(new StockAdded(UUID.randomUUID(), 1, id, 0, WINNERS, SEAT, new ImportId("import-" + id)));
        List<TicketId> won = new ArrayList<>();
        for (int i = 0; i < WINNERS; i++) {
            TicketId ticket = new TicketId(UUID.randomUUID());
            won.add(ticket);
            UserId user = i == 0 ? ANNA : new UserId("user-" + i);
            events.add(new TicketGrabbed(
                    id, epoch, i, ticket, user, new RequestId("r" + i), 1_000 + i, 1_000 + i, SEAT, ""));
        }
        List<LogPosition> written = log.writeAll(events);
        assertThat(written).hasSize(WINNERS + 1);
        done(Mono.from(mongo.getCollection(Documents.TICKET_CODES)
                .insertMany(IntStream.range(0, WINNERS)
                        .mapToObj(i -> new Document("_id", Documents.codeId(id, new ImportId("import-" + id), i))
                                .append(Documents.Code.CODE, "code-of-" + id + "-" + i)
                                .append(Documents.Code.TICKET_KIND, SEAT.value()))
                        .toList())));
        return won;
    }

    private Activity activity(ActivityId id, long version, long end, long logStart) {
        TicketType seat = new TicketType(SEAT, "Seat", "", "", 1, end);
        return new Activity(
                id, "n", "", "", 1, end, 1, "", List.of(seat), ActivityState.PUBLISHED, version, logStart, Entry.OPEN);
    }

    private void keysOf(ActivityId id) {
        InventoryKeys keys = new InventoryKeys(id);
        redis().hset(keys.state(), "closes", Long.toString((now - 8_000) * 1_000));
        redis().hset(keys.users(), "somebody", "something");
        redis().hset(keys.codes(), "0", "seat|code");
    }

    /** What the projector would write. */
    private void project(ActivityId id, TicketId ticket, int sequence, long nextOffset) {
        done(Mono.from(mongo.getCollection(Documents.USER_TICKETS)
                .insertOne(new Document("_id", ticket.toString())
                        .append(UserTicket.USER_ID, ANNA.value())
                        .append(UserTicket.ACTIVITY_ID, id.value())
                        .append(UserTicket.SEQUENCE, sequence)
                        .append(UserTicket.TICKET_KIND, SEAT.value())
                        .append(UserTicket.CODE, "code-of-" + id)
                        .append(UserTicket.GRABBED_AT, 1_000L)
                        .append(UserTicket.REQUEST, Fingerprint.of("r0").text()))));
        done(Mono.from(mongo.getCollection(Documents.PROJECTIONS)
                .insertOne(new Document("_id", Documents.positionId(Documents.USER_TICKETS, 1))
                        .append(Projection.NEXT_OFFSET, nextOffset))));
    }

    private RedisCommands<String, String> redis() {
        return connection.sync();
    }

    private static void done(Mono<?> mono) {
        mono.block(PATIENCE);
    }
}
