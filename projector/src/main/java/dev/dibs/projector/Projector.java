package dev.dibs.projector;

import dev.dibs.ids.ActivityId;
import dev.dibs.projector.activities.ActivityProjection;
import dev.dibs.projector.activities.ActivityTail;
import dev.dibs.projector.activities.FinishedActivities;
import dev.dibs.projector.mongo.MongoActivityStore;
import dev.dibs.projector.mongo.MongoConnection;
import dev.dibs.projector.mongo.MongoTicketStore;
import dev.dibs.projector.mongo.MongoTicketVersions;
import dev.dibs.projector.rebuild.ReplacedCollections;
import dev.dibs.projector.store.StoreException;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.TicketVersions;
import dev.dibs.projector.tickets.ClientIds;
import dev.dibs.projector.tickets.LogTimes;
import dev.dibs.projector.tickets.ProjectionCounters;
import dev.dibs.projector.tickets.ProjectionSession;
import dev.dibs.projector.tickets.Retrier;
import dev.dibs.tail.FoldStart;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log flowing into the collection that the pointer names. Looks at the pointer once a second: when a rebuild
 * has moved it, the log is folded again and goes on into the new collection from the position stored there. What is
 * still written to the old one in between does no harm.
 */
public final class Projector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Projector.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);
    private static final Duration KEEPING_UP = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final Duration startTimeout;
    private final MongoConnection mongo;
    private final HealthFile health;
    private final TicketStore tickets;
    private final TicketVersions versions;
    private final ReplacedCollections replaced;
    private final LogTimes times;
    private final ProjectionCounters counters = new ProjectionCounters();
    private final Retrier retrier = new Retrier();
    private final Thread supervisor;
    private ActivityProjection activities;
    private ActivityTail activityTail;
    private FinishedActivities finished;
    private volatile ProjectionSession session;
    private long lastSweep = System.nanoTime();

    Projector(Map<String, Object> kafka, Duration startTimeout, MongoConnection mongo, HealthFile health) {
        this.kafka = Map.copyOf(kafka);
        this.startTimeout = startTimeout;
        this.times = new LogTimes(kafka, Clock.systemUTC());
        this.mongo = mongo;
        this.health = health;
        this.tickets = new MongoTicketStore(mongo);
        this.versions = new MongoTicketVersions(mongo);
        this.replaced = new ReplacedCollections(versions, Clock.systemUTC());
        this.supervisor = new Thread(this::supervise, "projector");
        supervisor.setDaemon(true);
    }

    /**
     * Returns once the log is being followed.
     *
     * @throws StartFailure where a server is not there in time
     */
    public void start() {
        StartCheck check = new StartCheck(startTimeout);
        check.awaitMongo(mongo);
        check.awaitKafka(kafka);
        try {
            activities = new ActivityProjection(new MongoActivityStore(mongo), retrier, counters);
            activityTail =
                    new ActivityTail(ClientIds.with(kafka, "activities"), "activities-tail", activities, retrier);
            activityTail.readToEnd(check.timeLeft());
            finished = new FinishedActivities(activities.known(), times, Clock.systemUTC());
            openSession();
        } catch (KafkaException | StoreException e) {
            close();
            throw new StartFailure("a server went away during the start: " + e.getMessage(), e);
        } catch (StartFailure e) {
            close();
            throw e;
        }
        activityTail.start();
        supervisor.start();
    }

    private void openSession() {
        String collection = versions.current();
        versions.prepare(collection);
        FoldStart from =
                activities.known().foldStart(activityTail.logEnds(), times.writtenUntil(tickets.positions(collection)));
        ProjectionSession opened = ProjectionSession.start(kafka, from, tickets, collection, counters);
        session = opened;
        requireWholeLog(opened);
        log.info(
                "Tickets are written; collection={} positions={} ends={}",
                collection,
                opened.positions(),
                opened.ends());
    }

    /** A position behind the log's end would keep everything from being written until the log has grown past it. */
    private static void requireWholeLog(ProjectionSession session) {
        session.positions().forEach((partition, position) -> {
            long end = session.ends().getOrDefault(partition, 0L);
            if (position > end) {
                session.close();
                throw new StartFailure(("%s was written up to offset %d of partition %d, but the log ends at %d: "
                                + "it has lost records or is another one; rebuild the projection to show what it has")
                        .formatted(session.collection(), position, partition, end));
            }
        });
    }

    private void supervise() {
        int failures = 0;
        while (retrier.pauseFor(LOOK_EVERY)) {
            try {
                lookAfterSession();
                failures = 0;
            } catch (StoreException e) {
                log.debug("The pointer cannot be read now; error={}", e.getMessage());
            } catch (KafkaException | StartFailure e) {
                failures++;
                log.error(
                        "The projection cannot go on and is tried again; attempt={} error={}",
                        failures,
                        e.getMessage());
                retrier.pause(failures);
            }
        }
    }

    private void lookAfterSession() {
        if (session.hasStopped() || !session.collection().equals(versions.current())) {
            session.close();
            openSession();
        }
        if (session.sinceLastBatchEnd() < KEEPING_UP.toNanos()) {
            health.touch();
        }
        if (System.nanoTime() - lastSweep >= SWEEP_EVERY.toNanos()) {
            lastSweep = System.nanoTime();
            replaced.sweep();
            finished.releaseFrom(session);
        }
    }

    /** How far the current collection has been written: the first offset of each partition that has not been. */
    public Map<Integer, Long> positions() {
        return session.positions();
    }

    /** Whether the account of this activity is no longer in memory, because it is over and written. */
    public boolean hasForgotten(ActivityId activityId) {
        return session.isReleased(activityId);
    }

    public ProjectionCounters counters() {
        return counters;
    }

    /** Stops within about twenty seconds, also while a server is away. Nothing is lost: the position says how far it is. */
    @Override
    public void close() {
        retrier.close();
        joinSupervisor();
        if (session != null) {
            session.close();
        }
        if (activityTail != null) {
            activityTail.close();
        }
    }

    private void joinSupervisor() {
        try {
            TimeUnit.MILLISECONDS.timedJoin(supervisor, STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
