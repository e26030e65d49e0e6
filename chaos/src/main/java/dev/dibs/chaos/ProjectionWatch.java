package dev.dibs.chaos;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Looks twice a second how far the projection is behind the log. Where the log does not answer, there is nothing new to
 * be behind of; where the documents do not, the projection stands where it was.
 */
final class ProjectionWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProjectionWatch.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final MongoClient client;
    private final Lag lag = new Lag();
    private final Map<Integer, Long> ends = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "projection-watch");
        thread.setDaemon(true);
        return thread;
    });

    ProjectionWatch(Targets targets) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        targets.kafka(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new com.mongodb.ConnectionString(targets.mongodb()))
                .applyToClusterSettings(s -> s.serverSelectionTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .build());
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        long now = System.nanoTime() / 1_000_000;
        readEnds();
        readPositions();
        lag.look(now, ends, positions);
    }

    private void readEnds() {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TICKET_EVENTS, PATIENCE).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.endOffsets(partitions, PATIENCE).forEach((p, end) -> ends.put(p.partition(), end));
        } catch (KafkaException e) {
            log.debug("The log does not answer; error={}", e.toString());
        }
    }

    private void readPositions() {
        try {
            MongoCollection<Document> projections =
                    client.getDatabase(Documents.DATABASE).getCollection(Documents.PROJECTIONS);
            Document pointer = find(projections, Documents.USER_TICKETS);
            String collection = pointer == null ? Documents.USER_TICKETS : pointer.getString(Projection.COLLECTION);
            for (int partition : ends.keySet()) {
                Document position = find(projections, Documents.positionId(collection, partition));
                Number next = position == null ? 0L : position.get(Projection.NEXT_OFFSET, Number.class);
                positions.put(partition, next.longValue());
            }
        } catch (MongoException | IllegalStateException e) {
            // The driver's own complaint, or Reactor's that it took too long.
            log.debug("The documents do not answer; error={}", e.toString());
        }
    }

    private static Document find(MongoCollection<Document> collection, String id) {
        return Mono.from(collection.find(Filters.eq("_id", id)).first()).block(PATIENCE);
    }

    /** The longest time that a record of the log was not in the projection yet. */
    synchronized Duration longest() {
        return lag.longest();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(4 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The watch of the projection is still looking");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
