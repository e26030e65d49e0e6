package dev.dibs.api.publish;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.events.TicketEvent;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends events to the log from a thread of its own. {@code KafkaProducer.send} blocks while it has no metadata or no
 * buffer; called on an event loop it would freeze the whole instance.
 */
public final class LogPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogPublisher.class);
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private record Entry(TicketEvent event, CompletableFuture<RecordMetadata> appended) {}

    private final Producer<byte[], byte[]> producer;
    private final String source;
    private final byte[] sourceBytes;
    private final BlockingQueue<Entry> queue;
    /** How many are in the queue or on their way. */
    private final AtomicInteger unsettled = new AtomicInteger();

    private final LongSupplier nanoTime;
    private final Thread thread;
    private final OccasionalWarning failure = new OccasionalWarning(log);
    /** When the latest event succeeded, or was handed over while no other was under way. */
    private volatile long lastProgress;
    /** Whether the latest send failed, and when. */
    private volatile boolean failed;

    private volatile long failedAt;

    private volatile boolean closing;

    /**
     * @param capacity how many events may wait; more are refused at once
     * @param source names this instance in the events' headers
     */
    public LogPublisher(Producer<byte[], byte[]> producer, int capacity, String source) {
        this(producer, capacity, source, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    LogPublisher(Producer<byte[], byte[]> producer, int capacity, String source, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastProgress = nanoTime.getAsLong();
        this.producer = producer;
        this.source = source;
        this.sourceBytes = source.getBytes(StandardCharsets.UTF_8);
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "log-publisher");
        thread.setDaemon(true);
    }

    /** @throws TimeoutException where the brokers do not name the log's partitions within a minute */
    public void start() {
        // The first send would have to wait for the metadata; nobody waits for it here. The producer itself does so for
        // half a second only, and brokers that are busy are slow to begin with.
        long begun = nanoTime.getAsLong();
        while (!knowsTheLog(nanoTime.getAsLong() - begun < STARTS_WITHIN.toNanos())) {
            log.info("Waiting for Kafka to name the partitions of the log; topic={}", Topics.TICKET_EVENTS);
        }
        thread.start();
    }

    private boolean knowsTheLog(boolean patient) {
        try {
            producer.partitionsFor(Topics.TICKET_EVENTS);
            return true;
        } catch (TimeoutException e) {
            if (patient) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Hands an event over; never blocks.
     *
     * @return completes with the event's place in the log. An error does not mean that the event is not in it: a
     *     time-out leaves that open.
     */
    public CompletableFuture<RecordMetadata> append(TicketEvent event) {
        CompletableFuture<RecordMetadata> appended = new CompletableFuture<>();
        if (unsettled.get() == 0) {
            // Before it counts as waiting: a silence is not a standstill.
            lastProgress = nanoTime.getAsLong();
        }
        unsettled.incrementAndGet();
        if (closing || !queue.offer(new Entry(event, appended))) {
            unsettled.decrementAndGet();
            appended.completeExceptionally(new RejectedExecutionException("The queue to the log is full or closed"));
        }
        return appended;
    }

    /** Whether a record with these headers was appended by this instance, in this life or an earlier one. */
    public boolean isSourceOf(Headers headers) {
        Header header = headers.lastHeader(CloudEventHeaders.SOURCE);
        return header != null && Arrays.equals(header.value(), sourceBytes);
    }

    /** How many events wait for the thread that sends them. */
    public int waiting() {
        return queue.size();
    }

    /**
     * Whether the log takes what is sent to it: false once something has been waiting for two seconds, and for two
     * seconds after a failure, unless something has succeeded since.
     */
    public boolean isHealthy() {
        long now = nanoTime.getAsLong();
        if (failed && now - failedAt < STALL.toNanos()) {
            return false;
        }
        return unsettled.get() == 0 || now - lastProgress < STALL.toNanos();
    }

    private void run() {
        while (!closing || !queue.isEmpty()) {
            try {
                Entry entry = queue.poll(100, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    send(entry);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("Publishing failed unexpectedly; topic={} error={}", Topics.TICKET_EVENTS, e.toString(), e);
            }
        }
    }

    private void send(Entry entry) {
        TicketEvent event = entry.event;
        try {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    Topics.TICKET_EVENTS,
                    event.activityId().value().getBytes(StandardCharsets.UTF_8),
                    TicketEventCodec.encode(event));
            CloudEventHeaders.write(record.headers(), event, source);
            producer.send(record, (metadata, error) -> completed(entry, metadata, error));
        } catch (RuntimeException e) {
            completed(entry, null, e);
        }
    }

    private void completed(Entry entry, RecordMetadata metadata, Exception error) {
        unsettled.decrementAndGet();
        long now = nanoTime.getAsLong();
        if (error == null) {
            lastProgress = now;
            failed = false;
            entry.appended.complete(metadata);
        } else {
            failedAt = now;
            failed = true;
            failure.occurred(
                    "An event may not be in the log; the relay will see to it; activityId=" + entry.event.activityId(),
                    error);
            entry.appended.completeExceptionally(error);
        }
    }

    /** Sends what is waiting, at most five seconds, then closes the producer. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }
}
