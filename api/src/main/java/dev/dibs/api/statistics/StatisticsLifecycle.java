package dev.dibs.api.statistics;

import dev.dibs.api.catalogue.KafkaCatalogue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Begins to follow the statistics once the activities are known. */
final class StatisticsLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StatisticsLifecycle.class);

    private final KafkaCatalogue catalogue;
    private final StatisticsFollower follower;
    private final LiveViews views;
    private volatile ScheduledExecutorService timer;

    StatisticsLifecycle(KafkaCatalogue catalogue, StatisticsFollower follower, LiveViews views) {
        this.catalogue = catalogue;
        this.follower = follower;
        this.views = views;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-rates");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        follower.start();
    }

    /** An error that got out would be the last look. */
    private void look() {
        try {
            views.look();
        } catch (RuntimeException e) {
            log.warn("Rates are not what they should be; error={}", e.toString());
        }
    }

    @Override
    public void stop() {
        timer.shutdownNow();
        follower.close();
        timer = null;
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    /** After the ledger, behind which the catalogue is whole: of what is not in it, statistics are not kept. */
    @Override
    public int getPhase() {
        return catalogue.getPhase() + 2;
    }
}
