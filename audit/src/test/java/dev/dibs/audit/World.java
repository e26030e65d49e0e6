package dev.dibs.audit;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.activity.ActivityState;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Code;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Two activities with everything that is derived from their logs, all consistent. A test damages one thing: what goes
 * to topics and the CSV before it is {@link #write written}, what lies in Redis and MongoDB afterwards.
 */
final class World implements AutoCloseable {
    /** Limit 2, two imports, a recovery in between, refused and repeated grabs, redeemed and revoked tickets. */
    final Sale movie;
    /** Limit 1, sold out. */
    final Sale gala;

    final List<GrabResult> results = new ArrayList<>();
    final List<ActivityStats> stats = new ArrayList<>();
    final List<SecondStats> seconds = new ArrayList<>();
    final List<String> csv = new ArrayList<>();
    final RedisCommands<String, String> redis;
    private final RedisClient redisClient = RedisClient.create(TestServers.redis());
    private final StatefulRedisConnection<String, String> redisConnection = redisClient.connect();
    private final MongoClient mongoClient;
    private final MongoDatabase database;
    private final String mongoUri;
    private final Path csvFile;

    private World(String mongoUri, Path folder, Sale movie, Sale gala) {
        this.mongoUri = mongoUri;
        this.mongoClient = MongoClients.create(mongoUri);
        this.database = mongoClient.getDatabase(TestDatabase.nameFor(World.class));
        this.redis = redisConnection.sync();
        this.csvFile = folder.resolve("results.csv");
        this.movie = movie;
        this.gala = gala;
    }

    static World planned(Path folder) {
        return planned(TestServers.mongodb(), folder);
    }

    static World planned(String mongoUri, Path folder) {
        TestTopics.create();
        World world = new World(mongoUri, folder, movie(), gala());
        world.sales().forEach(world::derive);
        return world;
    }

    static final Pseudonyms PSEUDONYMS = new Pseudonyms("only-for-tests-0123456789-0123456789");

    private static Sale movie() {
        Sale sale = new Sale(TestIds.activity("movie"), 2, ActivityState.PUBLISHED);
        sale.open();
        sale.addStock(8);
        sale.wins("ann", 0);
        sale.wins("ann", 1);
        Won bob = sale.wins("bob", 2);
        sale.repeats(bob);
        Won cleo = sale.wins("cleo", 3);
        sale.isRefused(sale.grab("dave", 3));
        sale.wins("dave", 4);
        sale.wins("eve", 5);
        var late = sale.grab("fay", 6);
        sale.open();
        sale.isRefused(late);
        sale.addStock(4);
        sale.wins("eve", 7);
        sale.isRefused(sale.grab("ann", 6));
        sale.wins("gus", 8);
        sale.redeem(bob);
        sale.redeemIsRefused(bob.grab);
        sale.redeemIsRefused(late);
        sale.revoke(cleo);
        sale.repeats(bob);
        return sale;
    }

    private static Sale gala() {
        Sale sale = new Sale(TestIds.activity("gala"), 1, ActivityState.PUBLISHED);
        sale.addStock(3);
        sale.open();
        sale.wins("ann", 0);
        sale.wins("bob", 1);
        sale.isRefused(sale.grab("ann", 2));
        sale.wins("cleo", 2);
        sale.isRefused(sale.grab("dave", 3));
        return sale;
    }

    List<Sale> sales() {
        return List.of(movie, gala);
    }

    private void derive(Sale sale) {
        for (Won ticket : sale.won) {
            results.add(result(sale, ticket, GrabResult.Status.GRANTED));
            if (ticket.usedAt() != null) {
                results.add(result(
                        sale,
                        ticket,
                        ticket.redeemedAt != null ? GrabResult.Status.REDEEMED : GrabResult.Status.REVOKED));
            }
        }
        stats.add(totals(sale, sale.won.size(), sale.last.offset()));
        var remaining = sale.remaining();
        sale.seconds.forEach((second, c) -> seconds.add(new SecondStats(
                sale.id, second, c[5], c[0], remaining.get(second), c[1], c[2], c[3], c[4], 7, Map.of("soldOut", 7L))));
        if (sale == movie) {
            sale.won.forEach(ticket -> csv.add(csvRow(ticket)));
        }
    }

    static GrabResult result(Sale sale, Won ticket, GrabResult.Status status) {
        boolean granted = status == GrabResult.Status.GRANTED;
        return new GrabResult(
                sale.id,
                sale.configuration.name(),
                ticket.sequence(),
                ticket.grab.ticketId(),
                Sale.KIND,
                "Any seat",
                PSEUDONYMS.of(ticket.grab.userId()),
                ticket.grab.epoch(),
                ticket.grab.requestedAt(),
                ticket.grab.grabbedAt(),
                6,
                "a1",
                ticket.grab.addressHash(),
                ticket.position.partition(),
                granted ? ticket.position.offset() : ticket.usedPosition.offset(),
                status,
                granted ? ticket.grab.grabbedAt() : ticket.usedAt());
    }

    static ActivityStats totals(Sale sale, long granted, long logOffset) {
        return new ActivityStats(
                sale.id,
                sale.codes.size(),
                granted,
                sale.codes.size() - sale.won.size(),
                sale.cursor() - sale.won.size(),
                sale.codes.size() - sale.cursor(),
                sale.sum(1),
                sale.sum(2),
                sale.voidGrabs + sale.voidOthers,
                sale.duplicates,
                100,
                Map.of("soldOut", 90L),
                sale.won.get(0).grab.grabbedAt(),
                sale.won.get(sale.won.size() - 1).grab.grabbedAt(),
                sale.won.size() < sale.codes.size()
                        ? 0
                        : sale.won.get(sale.won.size() - 1).grab.grabbedAt(),
                sale.last.partition(),
                logOffset,
                Fairness.NONE,
                Distribution.NONE,
                TopAddresses.NONE,
                TopAddresses.NONE);
    }

    static String csvRow(Won ticket) {
        return String.join(
                ",",
                Integer.toString(ticket.sequence()),
                ticket.ticketId(),
                ticket.grab.userId().value(),
                Sale.KIND.value(),
                // All codes begin with '=', which an export guards with an apostrophe.
                "'" + ticket.code,
                Instant.ofEpochMilli(ticket.grab.grabbedAt()).toString(),
                ticket.redeemedAt == null
                        ? ""
                        : Instant.ofEpochMilli(ticket.redeemedAt).toString(),
                ticket.revokedAt == null
                        ? ""
                        : Instant.ofEpochMilli(ticket.revokedAt).toString());
    }

    static Document document(Sale sale, Won ticket) {
        Document document = new Document("_id", ticket.ticketId())
                .append(UserTicket.ACTIVITY_ID, sale.id.value())
                .append(UserTicket.USER_ID, ticket.grab.userId().value())
                .append(UserTicket.SEQUENCE, ticket.sequence())
                .append(UserTicket.TICKET_KIND, Sale.KIND.value())
                .append(UserTicket.CODE, ticket.code)
                .append(UserTicket.GRABBED_AT, ticket.grab.grabbedAt())
                .append(UserTicket.PARTITION, ticket.position.partition())
                .append(UserTicket.OFFSET, ticket.position.offset());
        if (ticket.redeemedAt != null) {
            document.append(UserTicket.REDEEMED_AT, ticket.redeemedAt)
                    .append(UserTicket.REDEEMED_OFFSET, ticket.usedPosition.offset());
        }
        if (ticket.revokedAt != null) {
            document.append(UserTicket.REVOKED_AT, ticket.revokedAt)
                    .append(UserTicket.REVOKED_OFFSET, ticket.usedPosition.offset());
        }
        return document;
    }

    /** Writes everything that is derived from the log. */
    World write() throws IOException {
        for (Sale sale : sales()) {
            writeRedis(sale);
            writeMongo(sale);
        }
        writeTopics();
        Files.writeString(csvFile, String.join(",", CsvCheck.COLUMNS) + "\r\n" + String.join("\r\n", csv) + "\r\n");
        return this;
    }

    private void writeRedis(Sale sale) {
        InventoryKeys keys = new InventoryKeys(sale.id);
        redis.hset(
                keys.state(),
                Map.of(
                        "fence", "fence",
                        "epoch", Long.toString(sale.epoch),
                        "cursor", Integer.toString(sale.cursor()),
                        "stock", Integer.toString(sale.codes.size())));
        for (int sequence = 0; sequence < sale.codes.size(); sequence++) {
            redis.hset(keys.codes(), Integer.toString(sequence), Sale.KIND + "|" + sale.codes.get(sequence));
            int s = sequence;
            if (sequence < sale.cursor() && sale.won.stream().noneMatch(w -> w.sequence() == s)) {
                redis.rpush(keys.free(), Integer.toString(sequence));
            }
        }
        sale.won.forEach(ticket -> hold(sale, ticket));
    }

    /** Adds this ticket to those that its user holds in Redis. */
    void hold(Sale sale, Won ticket) {
        String users = new InventoryKeys(sale.id).users();
        String user = userField(ticket);
        String line = new UserEntry(
                        ticket.grab.epoch(),
                        Fingerprint.of(ticket.grab.requestId().value()),
                        ticket.sequence(),
                        ticket.grab.ticketId(),
                        ticket.grab.requestedAt(),
                        ticket.grab.grabbedAt())
                .line();
        String held = redis.hget(users, user);
        redis.hset(users, user, held == null ? line : held + "\n" + line);
    }

    static String userField(Won ticket) {
        return Fingerprint.of(ticket.grab.userId().value()).text();
    }

    private void writeMongo(Sale sale) {
        for (int i = 0; i < sale.imports.size(); i++) {
            int from = sale.importStarts.get(i);
            int to = i + 1 < sale.imports.size() ? sale.importStarts.get(i + 1) : sale.codes.size();
            for (int sequence = from; sequence < to; sequence++) {
                run(collection(Documents.TICKET_CODES)
                        .insertOne(new Document("_id", codeId(sale, sequence))
                                .append(Code.ACTIVITY_ID, sale.id.value())
                                .append(Code.IMPORT_ID, sale.imports.get(i).value())
                                .append(Code.CODE, sale.codes.get(sequence))
                                .append(Code.TICKET_KIND, Sale.KIND.value())));
            }
        }
        sale.won.forEach(ticket -> run(tickets().insertOne(document(sale, ticket))));
        run(collection(Documents.PROJECTIONS)
                .updateOne(
                        new Document("_id", Documents.USER_TICKETS),
                        new Document("$set", new Document(Projection.COLLECTION, "user_tickets_2")),
                        new com.mongodb.client.model.UpdateOptions().upsert(true)));
    }

    static String codeId(Sale sale, int sequence) {
        int i = sale.imports.size() - 1;
        while (sale.importStarts.get(i) > sequence) {
            i--;
        }
        return Documents.codeId(sale.id, sale.imports.get(i), sequence - sale.importStarts.get(i));
    }

    private void writeTopics() {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(TestServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer())) {
            results.forEach(r -> producer.send(record(Topics.GRAB_RESULTS, r.key(), GrabResultCodec.encode(r))));
            stats.forEach(s -> producer.send(record(Topics.ACTIVITY_STATS, s.key(), ActivityStatsCodec.encode(s))));
            seconds.forEach(
                    s -> producer.send(record(Topics.ACTIVITY_STATS_PER_SECOND, s.key(), SecondStatsCodec.encode(s))));
        }
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** The current collection of tickets: not the first one, so that the pointer matters. */
    MongoCollection<Document> tickets() {
        return collection("user_tickets_2");
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    static <T> List<T> run(Publisher<T> publisher) {
        return Flux.from(publisher).collectList().block();
    }

    AuditSources sources() {
        return new AuditSources(
                TestServers.kafka(),
                TestServers.redis(),
                mongoUri,
                database.getName(),
                List.of(new CsvExport(csvFile, movie.id)),
                Set.of(movie.id, gala.id),
                null,
                PSEUDONYMS);
    }

    AuditReport audit() {
        return new Audit(sources()).run();
    }

    @Override
    public void close() {
        run(database.drop());
        mongoClient.close();
        redisConnection.close();
        redisClient.shutdown(java.time.Duration.ZERO, java.time.Duration.ofSeconds(2));
    }
}
