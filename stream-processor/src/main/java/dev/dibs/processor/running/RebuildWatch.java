package dev.dibs.processor.running;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the application, and when a rebuild is asked for, stops it and begins another one that reads everything anew. */
final class RebuildWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RebuildWatch.class);
    private static final long STOP_SECONDS = 15;
    private static final long RETRY_MILLIS = 1_000;

    private final String kafka;
    private final Runnable stop;
    private final IntConsumer start;
    private final Consumer<Throwable> failed;
    private volatile Rebuilds rebuilds;
    private volatile Thread thread;
    private volatile boolean closing;

    /**
     * @param stop the application, if it runs
     * @param start the application of this number
     * @param failed is told if another one cannot be started
     */
    RebuildWatch(String kafka, Runnable stop, IntConsumer start, Consumer<Throwable> failed) {
        this.kafka = kafka;
        this.stop = stop;
        this.start = start;
        this.failed = failed;
    }

    /** @throws ProcessorStartException where Kafka or the state cannot be used */
    void start() {
        int number;
        try {
            rebuilds = new Rebuilds(kafka);
            number = begin(rebuilds.readToEnd());
        } catch (KafkaException e) {
            closeReader();
            throw new ProcessorStartException("Kafka at " + kafka + " cannot be used: " + e.getMessage(), e);
        }
        thread = new Thread(() -> follow(number), "dibs-rebuild-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** @return the number with which the application began, which is greater if another rebuild was asked for */
    private int begin(int wanted) {
        int number = wanted;
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            while (true) {
                Predecessors predecessors = new Predecessors(admin, number);
                // What is still being written must come to its end first, or be fenced out of its group.
                if (!predecessors.awaitGone(() -> closing)) {
                    return number;
                }
                int latest = rebuilds.readToEnd();
                if (latest == number) {
                    predecessors.remove();
                    start.accept(number);
                    return number;
                }
                number = latest;
            }
        }
    }

    private void follow(int first) {
        int current = first;
        while (!closing) {
            try {
                int number = rebuilds.poll();
                if (number > current) {
                    log.info("The statistics are rebuilt; rebuild={}", number);
                    stop.run();
                    current = begin(number);
                }
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                log.warn("Rebuilding will be tried again; error={}", e.toString());
                pause();
            } catch (RuntimeException e) {
                log.error("The stream-processor cannot begin anew and stops; error={}", e.toString());
                failed.accept(e);
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        return thread != null;
    }

    @Override
    public void close() {
        closing = true;
        Thread following = thread;
        if (following == null) {
            return;
        }
        rebuilds.wakeup();
        try {
            TimeUnit.SECONDS.timedJoin(following, STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!following.isAlive()) {
            closeReader();
        }
        thread = null;
    }

    private void closeReader() {
        if (rebuilds != null) {
            rebuilds.close();
        }
    }
}
