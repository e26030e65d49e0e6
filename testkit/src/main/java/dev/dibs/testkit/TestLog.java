package dev.dibs.testkit;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to the log what a test wants to stand there: to the shared one, or to that of a broker of its own. */
public final class TestLog implements AutoCloseable {
    /** Who has written it, by its headers. */
    public static final String SOURCE = "/dibs/test";

    private static final long PATIENCE_SECONDS = 60;
    private static final Lazy<TestLog> SHARED = new Lazy<>(() -> connect(TestServers.kafka()), TestLog::close);

    private final KafkaProducer<byte[], byte[]> producer;

    private TestLog(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Appends to the shared log, and returns when it is there. */
    public static LogPosition append(TicketEvent event) {
        return SHARED.get().write(event);
    }

    /** Makes the activity known to everybody who reads the shared topic of activities. */
    public static LogPosition append(Activity activity) {
        return SHARED.get().write(activity);
    }

    /** Appends bytes that need not be an event to the partition of this activity. */
    public static LogPosition appendRaw(ActivityId key, byte[] value) {
        return SHARED.get().writeRaw(key, value);
    }

    /** The log of another broker; its topics are made where need be. */
    public static TestLog connect(String bootstrapServers) {
        TestTopics.create(bootstrapServers);
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        return new TestLog(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    public LogPosition write(TicketEvent event) {
        return await(send(event));
    }

    /** Writes them one after the other, without waiting for each; the positions are in the same order. */
    public List<LogPosition> writeAll(List<? extends TicketEvent> events) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        events.forEach(event -> sent.add(send(event)));
        return sent.stream().map(TestLog::await).toList();
    }

    public LogPosition write(Activity activity) {
        return await(producer.send(
                new ProducerRecord<>(Topics.ACTIVITIES, key(activity.activityId()), ActivityCodec.encode(activity))));
    }

    public LogPosition writeRaw(ActivityId key, byte[] value) {
        return await(producer.send(new ProducerRecord<>(Topics.TICKET_EVENTS, key(key), value)));
    }

    private Future<RecordMetadata> send(TicketEvent event) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.TICKET_EVENTS, key(event.activityId()), TicketEventCodec.encode(event));
        CloudEventHeaders.write(record.headers(), event, SOURCE);
        return producer.send(record);
    }

    private static byte[] key(ActivityId activity) {
        return activity.value().getBytes(StandardCharsets.UTF_8);
    }

    private static LogPosition await(Future<RecordMetadata> sent) {
        try {
            RecordMetadata written = sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new LogPosition(written.partition(), written.offset());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The record was not written", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The record was not written in " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
