package dev.dibs.api.wiring;

import dev.dibs.activity.Lifespan;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.recovery.Relay;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.tail.FoldStart;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts what runs behind the grabs in its order, after the catalogue and before the web server, and stops it after the
 * last request has been answered.
 */
@Component
final class GrabLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(GrabLifecycle.class);
    /** Kafka has answered before: a busy one is not one that is away, and to start anew would make it busier. */
    private static final long CATALOGUE_SECONDS = 120;

    private static final long LEDGER_SECONDS = 60;

    private final KafkaCatalogue catalogue;
    private final LogPublisher publisher;
    private final LedgerFollower ledger;
    private final Outbox outbox;
    private final Relay relay;
    private final FunnelCounter funnel;
    private volatile boolean running;

    GrabLifecycle(
            KafkaCatalogue catalogue,
            LogPublisher publisher,
            LedgerFollower ledger,
            Outbox outbox,
            Relay relay,
            FunnelCounter funnel) {
        this.catalogue = catalogue;
        this.publisher = publisher;
        this.ledger = ledger;
        this.outbox = outbox;
        this.relay = relay;
        this.funnel = funnel;
    }

    @Override
    public void start() {
        try {
            catalogue.caughtUp().get(CATALOGUE_SECONDS, TimeUnit.SECONDS);
            publisher.start();
            ledger.start(foldStart());
            awaitLedger();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw KafkaTrouble.cannotStart(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the activities were read", e);
        }
        outbox.start();
        relay.start();
        funnel.start();
        running = true;
    }

    /** An instance that is still folding refuses grabs; after a restart nobody should meet it. */
    private void awaitLedger() throws ExecutionException, InterruptedException {
        try {
            ledger.caughtUp().get(LEDGER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("The log is long: this instance serves before it has folded it, and takes no grabs until then");
        }
    }

    /** What lies before the oldest activity that is not over concerns nobody any more, and need not be read. */
    private FoldStart foldStart() {
        long now = System.currentTimeMillis();
        return FoldStart.of(catalogue.all(), catalogue.logEnds(), activity -> Lifespan.isForgotten(activity, now));
    }

    @Override
    public void stop() {
        relay.close();
        publisher.close();
        ledger.close();
        // Counts what has been read up to now.
        funnel.close();
        outbox.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Right after the catalogue. */
    @Override
    public int getPhase() {
        return catalogue.getPhase() + 1;
    }
}
