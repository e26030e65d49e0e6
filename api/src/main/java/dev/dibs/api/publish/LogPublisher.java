package dev.dibs.api.publish;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.events.TicketEvent;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends events to the log from a thread of its own. {@code KafkaProducer.send} blocks while it has no metadata or no
 * buffer; called on an event loop it would freeze the whole instance.
 */
public final class LogPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogPublisher.class);
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private record Entry(TicketEvent event, CompletableFuture<RecordMetadata> appended) {}

    private final Producer<byte[], byte[]> producer;
    private final String source;
    private final BlockingQueue<Entry> queue;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Thread thread;
    private final OccasionalWarning failure = new OccasionalWarning(log);
    private volatile long lastProgress = System.nanoTime();
    /** When the latest send failed; 0 once one has succeeded since. */
    private volatile long failedAt;

    private volatile boolean closing;

    /**
     * @param capacity how many events may wait; more are refused at once
     * @param source names this instance in the events' headers
     */
    public LogPublisher(Producer<byte[], byte[]> producer, int capacity, String source) {
        this.producer = producer;
        this.source = source;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "log-publisher");
        thread.setDaemon(true);
    }

    public void start() {
        // The first send would have to wait for the metadata; nobody waits for it here.
        producer.partitionsFor(Topics.TICKET_EVENTS);
        thread.start();
    }

    /**
     * Hands an event over; never blocks.
     *
     * @return completes with the event's place in the log. An error does not mean that the event is not in it: a
     *     time-out leaves that open.
     */
    public CompletableFuture<RecordMetadata> append(TicketEvent event) {
        CompletableFuture<RecordMetadata> appended = new CompletableFuture<>();
        if (closing || !queue.offer(new Entry(event, appended))) {
            appended.completeExceptionally(new RejectedExecutionException("The queue to the log is full or closed"));
        }
        return appended;
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
        long now = System.nanoTime();
        long failed = failedAt;
        if (failed != 0 && now - failed < STALL.toNanos()) {
            return false;
        }
        boolean waiting = inFlight.get() > 0 || !queue.isEmpty();
        return !waiting || now - lastProgress < STALL.toNanos();
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
        if (inFlight.getAndIncrement() == 0) {
            lastProgress = System.nanoTime();
        }
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
        inFlight.decrementAndGet();
        long now = System.nanoTime();
        if (error == null) {
            lastProgress = now;
            failedAt = 0;
            entry.appended.complete(metadata);
        } else {
            failedAt = now;
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
