package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Appends activities to {@code dibs.activities}; sends from a thread of its own, because sending can block. */
public final class KafkaCatalogueWriter implements CatalogueWriter, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaCatalogueWriter.class);
    /** Longer than the producer's own delivery timeout, so that a failure is known as what it is. */
    private static final Duration READ_BACK_TIMEOUT = Duration.ofSeconds(12);

    private static final int MAX_WAITING = 1_000;

    private final KafkaCatalogue catalogue;
    private final String source;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final ThreadPoolExecutor sender;

    /**
     * @param kafka bootstrap servers, client id, and whatever else the connection needs
     * @param instance names this instance as the source of what it writes
     */
    public KafkaCatalogueWriter(Map<String, Object> kafka, KafkaCatalogue catalogue, String instance, Clock clock) {
        this.catalogue = catalogue;
        this.source = "/dibs/api/" + instance;
        this.clock = clock;
        this.producer = new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
            Thread thread = new Thread(task, "catalogue-writer");
            thread.setDaemon(true);
            return thread;
        });
        catalogue.rewriteBy(this::rewrite);
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.putAll(kafka);
        return settings;
    }

    @Override
    public Mono<Activity> save(Activity activity) {
        return Mono.defer(() -> {
            Activity current = catalogue.find(activity.activityId());
            if (current != null && current.version() >= activity.version()) {
                return outcome(activity, current);
            }
            String eventId = UUID.randomUUID().toString();
            CompletableFuture<Activity> readBack = catalogue.await(eventId);
            append(activity, eventId, readBack);
            return Mono.fromFuture(readBack)
                    .timeout(READ_BACK_TIMEOUT)
                    // Off the thread of the catalogue, which has better to do than what the caller does next.
                    .publishOn(Schedulers.parallel())
                    .doFinally(end -> catalogue.forget(eventId))
                    .flatMap(now -> outcome(activity, now));
        });
    }

    private static Mono<Activity> outcome(Activity wanted, Activity now) {
        return wanted.equals(now) ? Mono.just(now) : Mono.error(new CatalogueConflictException(now));
    }

    private void append(Activity activity, String eventId, CompletableFuture<Activity> failing) {
        try {
            sender.execute(() -> send(activity, eventId, failing));
        } catch (RejectedExecutionException e) {
            failing.completeExceptionally(new KafkaException("too many activities wait to be written", e));
        }
    }

    private void send(Activity activity, String eventId, CompletableFuture<Activity> failing) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.ACTIVITIES,
                activity.activityId().value().getBytes(StandardCharsets.UTF_8),
                ActivityCodec.encode(activity));
        CloudEventHeaders.write(record.headers(), eventId, "ActivityConfigured", source, clock.millis());
        try {
            producer.send(record, (metadata, error) -> {
                if (error != null) {
                    failed(activity, failing, error);
                }
            });
        } catch (RuntimeException e) {
            failed(activity, failing, e);
        }
    }

    private static void failed(Activity activity, CompletableFuture<Activity> failing, Exception error) {
        log.error(
                "An activity could not be written; activityId={} topic={} error={}",
                activity.activityId(),
                Topics.ACTIVITIES,
                error.toString());
        failing.completeExceptionally(error);
    }

    private void rewrite(Activity activity) {
        log.info(
                "The configuration that counts is written again, behind one that does not; activityId={} topic={}",
                activity.activityId(),
                Topics.ACTIVITIES);
        append(activity, UUID.randomUUID().toString(), new CompletableFuture<>());
    }

    @Override
    public void close() {
        sender.shutdown();
        producer.close(Duration.ofSeconds(5));
    }
}
