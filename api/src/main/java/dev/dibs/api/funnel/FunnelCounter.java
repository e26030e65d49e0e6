package dev.dibs.api.funnel;

import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Spread;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts grabs and their answers, how long winners waited, and which addresses were refused most, and sends it for each
 * past second to {@code dibs.grab-funnel}. A refusal is counted here and written nowhere else; counts of the last second
 * are lost if the process dies.
 */
public final class FunnelCounter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FunnelCounter.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final GrabAnswer[] ANSWERS = GrabAnswer.values();
    /** A grab is decided within seconds; what took longer than a minute counts as that. */
    private static final int WAITS = Spread.bucket(65_535) + 1;

    private static final class Counts {
        private final LongAdder requests = new LongAdder();
        private final LongAdder[] answers = new LongAdder[ANSWERS.length];
        /** By the bucket of a {@link Spread}. */
        private final AtomicLongArray waits = new AtomicLongArray(WAITS);

        private final RefusalSketch refused = new RefusalSketch();

        private Counts() {
            for (int i = 0; i < answers.length; i++) {
                answers[i] = new LongAdder();
            }
        }
    }

    private final ConcurrentMap<ActivityId, Counts> counts = new ConcurrentHashMap<>();
    private final AtomicLongArray totals = new AtomicLongArray(ANSWERS.length);
    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final String instance;
    private final UnaryOperator<String> hash;
    private final ScheduledExecutorService timer;

    /** @param hash of an address, as it may be seen outside */
    public FunnelCounter(Producer<byte[], byte[]> producer, Clock clock, String instance, UnaryOperator<String> hash) {
        this.producer = producer;
        this.clock = clock;
        this.instance = instance;
        this.hash = hash;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grab-funnel");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        timer.scheduleAtFixedRate(this::flush, 1, 1, TimeUnit.SECONDS);
    }

    public void requested(ActivityId activityId) {
        countsOf(activityId).requests.increment();
    }

    /** @param address the client's, as it is; may be null */
    public void answered(ActivityId activityId, GrabOutcome outcome, String address) {
        Counts counted = countsOf(activityId);
        GrabAnswer answer = GrabAnswer.of(outcome);
        counted.answers[answer.ordinal()].increment();
        if (answer.isRefusal()) {
            counted.refused.refused(address);
        }
    }

    /** @param millis from the arrival of a winner's request to its answer */
    public void won(ActivityId activityId, long millis) {
        countsOf(activityId).waits.incrementAndGet(Math.min(Spread.bucket(millis), WAITS - 1));
    }

    private Counts countsOf(ActivityId activityId) {
        Counts known = counts.get(activityId);
        return known != null ? known : counts.computeIfAbsent(activityId, id -> new Counts());
    }

    /** The kinds of answers, by the names they have in {@code dibs.grab-funnel}. */
    public List<String> answers() {
        return Stream.of(ANSWERS).map(GrabAnswer::label).toList();
    }

    /** How many answers of this kind all activities together have got since the start, up to the last second. */
    public long total(String label) {
        for (GrabAnswer answer : ANSWERS) {
            if (answer.label().equals(label)) {
                return totals.get(answer.ordinal());
            }
        }
        return 0;
    }

    private void flush() {
        try {
            long second = clock.instant().getEpochSecond() - 1;
            counts.forEach((activityId, counted) -> send(activityId, second, counted));
        } catch (RuntimeException e) {
            log.warn("Counts could not be sent; topic={} error={}", Topics.GRAB_FUNNEL, e.toString());
        }
    }

    private void send(ActivityId activityId, long second, Counts counted) {
        long requests = counted.requests.sumThenReset();
        Map<String, Long> answers = new HashMap<>();
        for (GrabAnswer answer : ANSWERS) {
            long count = counted.answers[answer.ordinal()].sumThenReset();
            if (count > 0) {
                totals.addAndGet(answer.ordinal(), count);
                answers.put(answer.label(), count);
            }
        }
        if (requests == 0 && answers.isEmpty()) {
            return;
        }
        GrabFunnel funnel = new GrabFunnel(
                activityId, instance, second, requests, answers, waits(counted), counted.refused.take(hash));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.GRAB_FUNNEL,
                activityId.value().getBytes(StandardCharsets.UTF_8),
                GrabFunnelCodec.encode(funnel));
        String id = instance + ":" + activityId + ":" + second;
        CloudEventHeaders.write(record.headers(), id, "GrabFunnel", "/dibs/api/" + instance, second * 1_000);
        producer.send(record, (metadata, error) -> {
            if (error != null) {
                log.warn(
                        "Counts were lost; topic={} activityId={} error={}",
                        Topics.GRAB_FUNNEL,
                        activityId,
                        error.toString());
            }
        });
    }

    private static Map<Long, Long> waits(Counts counted) {
        Map<Long, Long> waits = new HashMap<>();
        for (int bucket = 0; bucket < WAITS; bucket++) {
            if (counted.waits.get(bucket) > 0) {
                waits.put(Spread.upperBound(bucket), counted.waits.getAndSet(bucket, 0));
            }
        }
        return waits;
    }

    /** Sends what has been counted so far. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush();
        producer.close(CLOSE);
    }
}
