package dev.dibs.api;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.api.recovery.Reconciler;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.documents.Documents;
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
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogConsumers;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import io.lettuce.core.RedisClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/**
 * Run by hand: how long an instance takes to start behind finished and live activities, how long the recovery of an
 * activity takes, and what the ledger takes of memory. Arguments: finished activities, live ones, winners of each,
 * {@code recover} to recover the first live one as well.
 */
final class RestartFigures {
    private static final TicketKind SEAT = new TicketKind("seat");
    private static final long NOW = System.currentTimeMillis() / 1_000;

    private final int winners;
    private final long[] offsets = new long[TestTopics.PARTITIONS];

    private RestartFigures(int winners) {
        this.winners = winners;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("figures.dir", "/tmp")), "restart-figures");
        RestartFigures figures = new RestartFigures(Integer.parseInt(args[2]));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"));
                EmbeddedMongo mongo = EmbeddedMongo.start(folder.resolve("mongo"))) {
            figures.run(kafka, redis, mongo, Integer.parseInt(args[0]), Integer.parseInt(args[1]), args.length > 3);
        }
        System.exit(0);
    }

    private void run(
            EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedMongo mongo, int finished, int live, boolean recover)
            throws Exception {
        try (TestLog log = TestLog.connect(kafka.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 20, "batch.size", 500_000),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < finished; i++) {
                sell(log, producer, new ActivityId("finished-" + i), NOW - 8_000);
            }
            for (int i = 0; i < live; i++) {
                sell(log, producer, new ActivityId("live-" + i), NOW + 80_000);
            }
        }
        long records = 0;
        for (long offset : offsets) {
            records += offset;
        }
        say("records in the log", "%,d", records);
        plainRead(kafka, records);
        double plain = plainRead(kafka, records);
        say("a plain consumer reads them in", "%.2f s", plain);
        if (finished == 0) {
            fold(kafka, plain);
        }
        if (recover) {
            codes(mongo);
        }
        start(kafka, redis, mongo, recover, plain);
    }

    private void sell(TestLog log, KafkaProducer<byte[], byte[]> producer, ActivityId id, long end) {
        int partition = Topics.partition(id, TestTopics.PARTITIONS);
        TicketType seat = new TicketType(SEAT, "Seat", "", "", 1, end);
        log.write(new Activity(
                id,
                "n",
                "",
                "",
                1,
                end,
                1,
                "",
                List.of(seat),
                ActivityState.PUBLISHED,
                1,
                offsets[partition],
                Entry.OPEN));
        long epoch = offsets[partition];
        send(producer, partition, new EpochOpened(UUID.randomUUID(), 1, id, "nonce", "fence", 1));
        send(producer, partition, new StockAdded(UUID.randomUUID(), 1, id, 0, winners, SEAT, new ImportId("import")));
        for (int i = 0; i < winners; i++) {
            send(
                    producer,
                    partition,
                    new TicketGrabbed(
                            id,
                            epoch,
                            i,
                            new TicketId(new UUID(System.nanoTime(), i)),
                            new UserId("user-" + i),
                            new RequestId("request-of-user-" + i),
                            1_000,
                            1_000,
                            SEAT,
                            "0123456789abcdef"));
        }
        producer.flush();
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int partition, TicketEvent event) {
        byte[] key = event.activityId().value().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.TICKET_EVENTS, partition, key, TicketEventCodec.encode(event)));
        offsets[partition]++;
    }

    private static double plainRead(EmbeddedKafka kafka, long records) {
        long begin = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer = LogConsumers.create(kafka.clientSettings())) {
            consumer.assign(LogConsumers.partitions(consumer));
            consumer.seekToBeginning(consumer.assignment());
            for (long read = 0; read < records; ) {
                read += consumer.poll(Duration.ofMillis(200)).count();
            }
        }
        return seconds(begin);
    }

    private void fold(EmbeddedKafka kafka, double plain) {
        for (int round = 0; round < 2; round++) {
            long before = heap();
            long begin = System.nanoTime();
            MemoryLedgerState state = new MemoryLedgerState();
            try (LedgerTail tail = new LedgerTail(
                    kafka.clientSettings(), Map.of(), state, (partition, offset, event, verdict) -> {})) {
                tail.foldToEnd();
            }
            double took = seconds(begin);
            long taken = heap() - before;
            int granted = state.account(new ActivityId("live-0")).granted();
            say(
                    "the ledger folds them in",
                    "%.2f s, %.1f times as long; %.0f MB, %.0f bytes per winner of %,d",
                    took,
                    took / plain,
                    taken / 1e6,
                    (double) taken / granted,
                    granted);
        }
    }

    private void codes(EmbeddedMongo mongo) {
        try (MongoClient client = MongoClients.create(mongo.uri())) {
            List<Document> batch = new ArrayList<>();
            for (int i = 0; i < winners; i++) {
                batch.add(new Document("_id", Documents.codeId(new ActivityId("live-0"), new ImportId("import"), i))
                        .append(Documents.Code.CODE, "CODE-" + i)
                        .append(Documents.Code.TICKET_KIND, SEAT.value()));
                if (batch.size() == 10_000 || i == winners - 1) {
                    Mono.from(client.getDatabase(Documents.DATABASE)
                                    .getCollection(Documents.TICKET_CODES)
                                    .insertMany(batch))
                            .block();
                    batch = new ArrayList<>();
                }
            }
        }
    }

    private static void start(
            EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedMongo mongo, boolean recover, double plain)
            throws Exception {
        long begin = System.nanoTime();
        try (ConfigurableApplicationContext api = new SpringApplicationBuilder(ApiApplication.class)
                .run(
                        "--dibs.port=0",
                        "--dibs.kafka=" + kafka.bootstrapServers(),
                        "--dibs.redis=" + redis.uri(),
                        "--dibs.mongodb=" + mongo.uri(),
                        "--dibs.partitions=" + TestTopics.PARTITIONS,
                        "--dibs.jwt.secret=not-a-secret-but-long-enough-for-figures")) {
            LedgerFollower ledger = api.getBean(LedgerFollower.class);
            say(
                    "an instance is ready after",
                    "%.2f s (caught up: %s), having read %,d records",
                    seconds(begin),
                    ledger.isCaughtUp(),
                    ledger.recordsRead());
            if (recover) {
                recover(api, redis, plain);
            }
        }
    }

    private static void recover(ConfigurableApplicationContext api, EmbeddedRedis redis, double plain)
            throws Exception {
        ActivityId id = new ActivityId("live-0");
        api.getBean(Reconciler.class).reconcile(id).get(5, TimeUnit.MINUTES);
        RedisClient client = RedisClient.create(redis.uri());
        var state = client.connect().sync();
        for (int round = 0; round < 3; round++) {
            // As after a fail-over: the codes are there, everything else is written anew.
            state.hset(new InventoryKeys(id).state(), "fence", "0".repeat(40));
            long begin = System.nanoTime();
            api.getBean(Reconciler.class).reconcile(id).get(5, TimeUnit.MINUTES);
            double took = seconds(begin);
            say("recovery with the codes in place takes", "%.2f s, %.2f of a plain read", took, took / plain);
        }
        long begin = System.nanoTime();
        api.getBean(Recovery.class).recover(id).get(5, TimeUnit.MINUTES);
        say(
                "recovery of everything, codes included, takes",
                "%.2f s, %.2f of a plain read",
                seconds(begin),
                seconds(begin) / plain);
        client.shutdown();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String what, String format, Object... values) {
        System.out.println("FIGURE " + what + " " + String.format(Locale.ROOT, format, values));
    }
}
