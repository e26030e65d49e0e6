package dev.dibs.api.funnel;

import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts grabs and their answers, how long winners waited, and which addresses were refused most, and sends it for each
 * past second to {@code dibs.grab-funnel}. A refusal is counted here and written nowhere else; counts of the last two
 * seconds are lost if the process dies.
 */
public final class FunnelCounter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FunnelCounter.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int SOON_MILLIS = 20;
    private static final GrabAnswer[] ANSWERS = GrabAnswer.values();
    /**
     * A thread that has looked up its second may count in it a moment later, and Kafka may be away. Until then a second is
     * asked again; then it is forgotten, because each has a few kilobytes.
     */
    private static final int LATE_SECONDS = 30;

    /** The seconds of one activity that may not have been sent as a whole. */
    private static final class Seconds {
        private final Queue<CountedSecond> unsent = new ConcurrentLinkedQueue<>();
        private volatile CountedSecond latest;

        private CountedSecond at(long second) {
            CountedSecond counted = latest;
            return counted != null && counted.second() == second ? counted : begin(second);
        }

        /** Where the clock goes back, the latest second becomes longer. */
        private synchronized CountedSecond begin(long second) {
            if (latest == null || latest.second() < second) {
                latest = new CountedSecond(second);
                unsent.add(latest);
            }
            return latest;
        }
    }

    private final ConcurrentMap<ActivityId, Seconds> seconds = new ConcurrentHashMap<>();
    /** By the label of an answer. */
    private final ConcurrentMap<String, LongAdder> totals = new ConcurrentHashMap<>();

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final String instance;
    private final UnaryOperator<String> hash;
    private final TimeBasedEpochRandomGenerator ids;
    private final ScheduledExecutorService timer;

    /** @param hash of an address, as it may be seen outside */
    public FunnelCounter(
            Producer<byte[], byte[]> producer,
            Clock clock,
            String instance,
            UnaryOperator<String> hash,
            TimeBasedEpochRandomGenerator ids) {
        this.producer = producer;
        this.clock = clock;
        this.instance = instance;
        this.hash = hash;
        this.ids = ids;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grab-funnel");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        // Soon after a second is over, so that whoever watches a sale sees it.
        long over = 1_000 - clock.millis() % 1_000;
        timer.scheduleAtFixedRate(this::flush, over + SOON_MILLIS, 1_000, TimeUnit.MILLISECONDS);
    }

    public void requested(ActivityId activityId) {
        now(activityId).requested();
    }

    /** @param address the client's, as it is; may be null */
    public void answered(ActivityId activityId, GrabOutcome outcome, String address) {
        now(activityId).answered(GrabAnswer.of(outcome), address);
    }

    /** @param requestedAt when the winner's request arrived, epoch milliseconds */
    public void won(ActivityId activityId, long requestedAt) {
        now(activityId).won(clock.millis() - requestedAt);
    }

    private CountedSecond now(ActivityId activityId) {
        Seconds known = seconds.get(activityId);
        Seconds counted = known != null ? known : seconds.computeIfAbsent(activityId, id -> new Seconds());
        return counted.at(clock.millis() / 1_000);
    }

    /** The kinds of answers, by the names they have in {@code dibs.grab-funnel}. */
    public List<String> answers() {
        return Stream.of(ANSWERS).map(GrabAnswer::label).toList();
    }

    /** How many answers of this kind all activities together have got since the start, up to the last second. */
    public long total(String label) {
        LongAdder total = totals.get(label);
        return total == null ? 0 : total.sum();
    }

    /** Sends the seconds that are over. */
    void flush() {
        flush(clock.millis() / 1_000);
    }

    private void flush(long before) {
        try {
            forgetBefore(before - LATE_SECONDS);
            // Throws where Kafka is not there: what would be sent would be lost.
            producer.partitionsFor(Topics.GRAB_FUNNEL);
            seconds.forEach((activityId, counted) -> {
                for (CountedSecond second : counted.unsent) {
                    if (second.second() < before) {
                        send(activityId, second);
                    }
                }
            });
        } catch (RuntimeException e) {
            log.warn("Counts could not be sent yet; topic={} error={}", Topics.GRAB_FUNNEL, e.toString());
        }
    }

    private void forgetBefore(long second) {
        seconds.values()
                .forEach(counted -> counted.unsent.removeIf(old -> old.second() < second && old != counted.latest));
    }

    private void send(ActivityId activityId, CountedSecond counted) {
        GrabFunnel funnel = counted.take(activityId, instance, hash);
        if (funnel == null) {
            return;
        }
        funnel.answers()
                .forEach((label, count) ->
                        totals.computeIfAbsent(label, name -> new LongAdder()).add(count));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.GRAB_FUNNEL,
                activityId.value().getBytes(StandardCharsets.UTF_8),
                GrabFunnelCodec.encode(funnel));
        CloudEventHeaders.write(
                record.headers(),
                ids.generate().toString(),
                "GrabFunnel",
                "/dibs/api/" + instance,
                funnel.second() * 1_000);
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

    /** Sends what has been counted so far. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush(clock.millis() / 1_000 + 1);
        producer.close(CLOSE);
    }
}
