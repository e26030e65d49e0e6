package dev.dibs.api.control;

import dev.dibs.codec.CloudEventHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Appends to one topic; sends from a thread of its own, because sending can block. */
public final class TopicAppender implements AutoCloseable {
    private static final int MAX_WAITING = 1_000;

    private final String topic;
    private final String source;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final ThreadPoolExecutor sender;

    /**
     * @param kafka bootstrap servers, client id, and whatever else the connection needs
     * @param instance names this instance as the source of what it writes
     */
    public TopicAppender(Map<String, Object> kafka, String topic, String threadName, String instance, Clock clock) {
        this.topic = topic;
        this.source = "/dibs/api/" + instance;
        this.clock = clock;
        this.producer = new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
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

    /**
     * Appends without waiting.
     *
     * @param value null deletes what the topic has under this key
     * @param type of the CloudEvent: the simple name of what the record says
     * @param eventId by which the record is known when it is read back
     * @param onFailure told, on any thread, where the record may not have been written
     */
    public void append(byte[] key, byte[] value, String type, String eventId, Consumer<Exception> onFailure) {
        try {
            sender.execute(() -> send(key, value, type, eventId, onFailure));
        } catch (RejectedExecutionException e) {
            onFailure.accept(new KafkaException("too many records wait to be written to " + topic, e));
        }
    }

    private void send(byte[] key, byte[] value, String type, String eventId, Consumer<Exception> onFailure) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
        CloudEventHeaders.write(record.headers(), eventId, type, source, clock.millis());
        try {
            producer.send(record, (metadata, error) -> {
                if (error != null) {
                    onFailure.accept(error);
                }
            });
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    @Override
    public void close() {
        sender.shutdown();
        producer.close(Duration.ofSeconds(5));
    }
}
