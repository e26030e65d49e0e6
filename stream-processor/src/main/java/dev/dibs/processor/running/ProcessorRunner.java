package dev.dibs.processor.running;

import dev.dibs.processor.topology.Resumption;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the topology from the start of the application to its end. */
public final class ProcessorRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ProcessorRunner.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final Function<Resumption, Topology> topology;
    private final StreamsSettings settings;
    private final InputTopics topics;
    private final Optional<HealthFile> health;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final RebuildWatch watch;
    private volatile KafkaStreams streams;

    public ProcessorRunner(
            Function<Resumption, Topology> topology,
            StreamsSettings settings,
            InputTopics topics,
            Optional<HealthFile> health) {
        this.topology = topology;
        this.settings = settings;
        this.topics = topics;
        this.health = health;
        this.watch = new RebuildWatch(settings.kafka(), this::closeStreams, this::startStreams, this::failed);
    }

    /** @throws ProcessorStartException where Kafka cannot be reached or the state cannot be used */
    @Override
    public void start() {
        topics.ensure();
        watch.start();
        health.ifPresent(file -> file.start(this::isHealthy));
        log.info("The stream-processor has started; kafka={} stateDir={}", settings.kafka(), settings.stateDir());
    }

    private boolean isHealthy() {
        KafkaStreams now = streams;
        return now != null && now.state() == State.RUNNING;
    }

    private void startStreams(int rebuilds) {
        KafkaStreams made = null;
        try {
            settings.removeOlderState(rebuilds);
            Resumption resumption = WrittenSoFar.look(settings.kafka());
            made = new KafkaStreams(topology.apply(resumption), settings.asProperties(rebuilds));
            made.setUncaughtExceptionHandler(new FailurePolicy(Clock.systemUTC(), this::failed));
            made.setStateListener((now, before) -> changed(now));
            made.start();
        } catch (StreamsException | IOException e) {
            if (made != null) {
                made.close(CLOSE_WITHIN);
            }
            throw new ProcessorStartException(
                    "the state in " + settings.stateDir() + " cannot be used: " + e.getMessage(), e);
        }
        streams = made;
    }

    private void changed(State now) {
        if (now == State.RUNNING) {
            running.complete(null);
        } else if (now == State.ERROR) {
            failed(new IllegalStateException("Kafka Streams has ended in an error"));
        }
    }

    private void failed(Throwable error) {
        running.completeExceptionally(error);
        stopped.completeExceptionally(error);
    }

    /** Leaves the group, so that others take over at once. */
    private void closeStreams() {
        KafkaStreams closing = streams;
        if (closing == null) {
            return;
        }
        boolean closed = closing.close(CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            log.warn(
                    "The stream-processor did not stop within {} s; what it had not committed will be done again",
                    CLOSE_WITHIN.toSeconds());
        }
        streams = null;
    }

    @Override
    public void stop() {
        if (!watch.isRunning()) {
            return;
        }
        health.ifPresent(HealthFile::stop);
        watch.close();
        closeStreams();
        running.cancel(false);
        stopped.complete(null);
    }

    @Override
    public boolean isRunning() {
        return watch.isRunning();
    }

    /** Completes once all partitions that fall to this processor are being processed; exceptionally if it fails. */
    public CompletableFuture<Void> running() {
        return running.copy();
    }

    /** Completes after {@link #stop}; exceptionally if the processor has ended by an error. */
    public CompletableFuture<Void> stopped() {
        return stopped.copy();
    }
}
