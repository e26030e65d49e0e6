package dev.dibs.api.grab;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.eligibility.EligibilityConfiguration;
import dev.dibs.api.gate.GateConfiguration;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.recovery.Reconciler;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.documents.Documents;
import dev.dibs.events.StockAdded;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

/** One instance of all that stands behind a grab, on real servers, without HTTP. */
public final class GrabWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TicketKind KIND = new TicketKind("standard");

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"dev.dibs.api.wiring", "dev.dibs.api.recovery", "dev.dibs.api.catalogue"})
    @Import({EligibilityConfiguration.class, GateConfiguration.class})
    @EnableConfigurationProperties(ApiProperties.class)
    static class Application {}

    /** Not found by the scan of a whole service, which has a seal of its own. */
    static class Seal {
        @Bean
        CodeSeal codeSeal(ApiProperties properties) {
            return new CodeSeal(CodeSecrets.of(
                    properties.codes().keys(),
                    properties.codes().fingerprintKey(),
                    properties.jwt().secret()));
        }
    }

    private final ConfigurableApplicationContext context;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private GrabWorld(String redis, String kafka, List<String> settings, Class<?>... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.kafka=" + kafka,
                "--dibs.redis=" + redis,
                "--dibs.mongodb=" + TestServers.mongodb(),
                // All instances read the same log, and need the codes of what stands there.
                "--dibs.database=" + Documents.DATABASE,
                "--dibs.partitions=" + TestTopics.PARTITIONS,
                "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests",
                "--dibs.rate.grabs=0"));
        arguments.addAll(settings);
        context = new SpringApplicationBuilder(Application.class, Seal.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .run(arguments.toArray(String[]::new));
        client = RedisClient.create(redis);
        connection = client.connect();
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> context.getBean(LedgerView.class).isCaughtUp());
    }

    public static GrabWorld start(String... settings) {
        return new GrabWorld(TestServers.redis(), TestServers.kafka(), List.of(settings));
    }

    /**
     * For who asks once and is to be given a decision: neither its time nor how many are let in at one time depends on
     * how fast this machine is at the moment. See GrabSlotsTest for that.
     */
    public static GrabWorld startPatient() {
        return start("--dibs.grab.in-time=1h", "--dibs.grab.claim-timeout=30s", "--dibs.grab.verdict-timeout=30s");
    }

    /** On a Redis server and a broker of the test's own, with other parts than usual, such as one without a guard. */
    public static GrabWorld startOn(String redis, String kafka, Class<?>... parts) {
        return new GrabWorld(redis, kafka, List.of(), parts);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public RedisCommands<String, String> redis() {
        return connection.sync();
    }

    public RedisClusterAsyncCommands<String, String> asyncRedis() {
        return connection.async();
    }

    /** A published activity that is on sale, opened in Redis. */
    public ActivityId onSale(String name, int stock, int limit) {
        ActivityId id = TestIds.activity(name);
        save(activity(id, limit, ActivityState.DRAFT, 1));
        addStock(id, stock);
        save(activity(id, limit, ActivityState.PUBLISHED, 2));
        reconcile(id);
        return id;
    }

    public static Activity activity(ActivityId id, int limit, ActivityState state, long version) {
        long now = System.currentTimeMillis() / 1_000;
        return new Activity(
                id,
                "An activity",
                "",
                "",
                now - 60,
                now + 3_600,
                limit,
                "",
                List.of(new TicketType(KIND, "A ticket", "", "", now, now + 7_200)),
                state,
                version,
                0,
                Entry.OPEN);
    }

    public void save(Activity activity) {
        await(bean(CatalogueWriter.class).save(activity));
    }

    public void addStock(ActivityId id, int count) {
        ImportId importId = new ImportId(UUID.randomUUID().toString());
        List<Document> codes = IntStream.range(0, count)
                .mapToObj(row -> new Document("_id", Documents.codeId(id, importId, row))
                        .append(Documents.Code.CODE, importId + "-" + row)
                        .append(Documents.Code.TICKET_KIND, KIND.value()))
                .toList();
        await(Mono.from(
                bean(MongoDatabase.class).getCollection(Documents.TICKET_CODES).insertMany(codes)));
        MemoryActivityAccount account = account(id);
        int from = account == null ? 0 : account.stock();
        Verdict verdict = await(bean(FactWriter.class)
                        .write(new StockAdded(
                                UUID.randomUUID(), System.currentTimeMillis(), id, from, from + count, KIND, importId)))
                .verdict();
        if (verdict != Verdict.VALID) {
            throw new IllegalStateException("The stock was not accepted: " + verdict);
        }
    }

    public void reconcile(ActivityId id) {
        try {
            bean(Reconciler.class).reconcile(id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | InterruptedException e) {
            throw new IllegalStateException("Reconciling failed", e);
        }
    }

    public MemoryActivityAccount account(ActivityId id) {
        return bean(LedgerView.class).account(id);
    }

    public static Principal user(String name) {
        return Principal.of(new UserId(name), Set.of());
    }

    public Mono<GrabOutcome> grabbing(ActivityId id, String user, String request) {
        return bean(Grabs.class)
                .grab(user(user), id, request == null ? null : new RequestId(request), "203.0.113.7", Pass.NONE);
    }

    public GrabOutcome grab(ActivityId id, String user, String request) {
        return await(grabbing(id, user, request));
    }

    public static <T> T await(Mono<T> mono) {
        return mono.block(PATIENCE);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        context.close();
    }
}
