package dev.dibs.chaos.cluster;

import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts again whoever has ended by itself, as an operating system's or a container's supervisor does. */
final class Supervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final long PERIOD_SECONDS = 2;

    private final Collection<Member> members;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });

    Supervisor(Collection<Member> members) {
        this.members = members;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        for (Member member : members) {
            try {
                member.reviveIfEnded();
            } catch (RuntimeException e) {
                log.warn("A member cannot be started again; name={} error={}", member.name(), e.toString());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The supervisor is still starting somebody");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
