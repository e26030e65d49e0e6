package dev.dibs.audit;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.activity.ActivityState;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Code;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.testkit.LogPosition;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;

/** A sale of many tickets, written with all that is derived from it in pieces. */
final class LargeSale {
    private static final int PIECE = 2_000;

    final String database = TestDatabase.nameFor(LargeSale.class);
    final Sale sale;
    final Path csv;
    private final String mongoUri;
    private final int tickets;

    LargeSale(String mongoUri, Path folder, int tickets) {
        TestTopics.create();
        this.mongoUri = mongoUri;
        this.tickets = tickets;
        this.csv = folder.resolve("large.csv");
        this.sale = new Sale(TestIds.activity("large"), 1, ActivityState.PUBLISHED);
    }

    void write() throws IOException {
        sale.open();
        sale.addStock(tickets);
        RedisClient client = RedisClient.create(TestServers.redis());
        try (TestLog log = TestLog.connect(TestServers.kafka());
                MongoClient mongo = MongoClients.create(mongoUri);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        TestServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer());
                BufferedWriter rows = Files.newBufferedWriter(csv)) {
            RedisCommands<String, String> redis = client.connect().sync();
            rows.write(String.join(",", CsvCheck.COLUMNS) + "\r\n");
            List<Won> piece = List.of();
            for (int from = 0; from < tickets; from += PIECE) {
                piece = grabs(log, from, Math.min(tickets, from + PIECE));
                writeRedis(redis, piece);
                writeMongo(mongo, piece);
                for (Won ticket : piece) {
                    GrabResult row = World.result(sale, ticket, GrabResult.Status.GRANTED);
                    producer.send(World.record(Topics.GRAB_RESULTS, row.key(), GrabResultCodec.encode(row)));
                    rows.write(World.csvRow(ticket) + "\r\n");
                }
            }
            writeTotals(redis, producer, piece.get(piece.size() - 1));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private List<Won> grabs(TestLog log, int from, int to) {
        List<TicketGrabbed> grabs = new ArrayList<>();
        for (int sequence = from; sequence < to; sequence++) {
            TicketGrabbed grab = sale.grab("user" + sequence, sequence);
            sale.count(grab, 0);
            grabs.add(grab);
        }
        List<LogPosition> positions = log.writeAll(grabs);
        List<Won> won = new ArrayList<>();
        for (int i = 0; i < grabs.size(); i++) {
            won.add(new Won(grabs.get(i), positions.get(i), sale.codes.get(from + i)));
        }
        return won;
    }

    private void writeRedis(RedisCommands<String, String> redis, List<Won> won) {
        Map<String, String> users = new HashMap<>();
        Map<String, String> codes = new HashMap<>();
        for (Won ticket : won) {
            Fingerprint request = Fingerprint.of(ticket.grab.requestId().value());
            UserEntry entry = new UserEntry(
                    ticket.grab.epoch(),
                    request,
                    ticket.sequence(),
                    ticket.grab.ticketId(),
                    ticket.grab.requestedAt(),
                    ticket.grab.grabbedAt());
            users.put(World.userField(ticket), entry.line());
            codes.put(Integer.toString(ticket.sequence()), Sale.KIND + "|" + ticket.code);
        }
        InventoryKeys keys = new InventoryKeys(sale.id);
        redis.hset(keys.users(), users);
        redis.hset(keys.codes(), codes);
    }

    private void writeMongo(MongoClient mongo, List<Won> won) {
        List<Document> tickets = new ArrayList<>();
        List<Document> codes = new ArrayList<>();
        for (Won ticket : won) {
            tickets.add(World.document(sale, ticket));
            codes.add(new Document("_id", World.codeId(sale, ticket.sequence()))
                    .append(Code.ACTIVITY_ID, sale.id.value())
                    .append(Code.CODE, ticket.code));
        }
        World.run(mongo.getDatabase(database)
                .getCollection(Documents.USER_TICKETS)
                .insertMany(tickets));
        World.run(mongo.getDatabase(database)
                .getCollection(Documents.TICKET_CODES)
                .insertMany(codes));
    }

    private void writeTotals(RedisCommands<String, String> redis, KafkaProducer<byte[], byte[]> producer, Won last) {
        String all = Integer.toString(tickets);
        redis.hset(
                new InventoryKeys(sale.id).state(),
                Map.of("epoch", Long.toString(sale.epoch), "cursor", all, "stock", all));
        long first = last.grab.grabbedAt() - (tickets - 1) * Sale.TICK;
        ActivityStats stats = new ActivityStats(
                sale.id,
                tickets,
                tickets,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                first,
                last.grab.grabbedAt(),
                last.grab.grabbedAt(),
                last.position.partition(),
                last.position.offset(),
                Fairness.NONE,
                Distribution.NONE,
                TopAddresses.NONE,
                TopAddresses.NONE);
        producer.send(World.record(Topics.ACTIVITY_STATS, stats.key(), ActivityStatsCodec.encode(stats)));
        var remaining = sale.remaining();
        sale.seconds.forEach((second, counts) -> {
            SecondStats row = new SecondStats(
                    sale.id, second, counts[5], counts[0], remaining.get(second), 0, 0, 0, 0, 0, Map.of());
            producer.send(World.record(Topics.ACTIVITY_STATS_PER_SECOND, row.key(), SecondStatsCodec.encode(row)));
        });
    }
}
