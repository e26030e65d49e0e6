package dev.dibs.projector.rebuild;

import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.TicketVersions;
import dev.dibs.projector.store.TicketVersions.Census;
import dev.dibs.projector.tickets.ProjectionCounters;
import dev.dibs.projector.tickets.ProjectionSession;
import dev.dibs.projector.tickets.Retrier;
import dev.dibs.tail.FoldStart;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all tickets anew, from the start of the log, into a collection of the next number, and switches the pointer
 * once that one is as far as the one it replaces. Readers see the old one until then and the new one from then on; a
 * running projector notices the switch within a second and goes on in the new one from the position stored there.
 *
 * <p>The replaced collection stays for a while, for a reader may be in the middle of it. So does what an interrupted or
 * refused rebuild leaves behind; {@link ReplacedCollections} drops both later.
 */
public final class ProjectionRebuild implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProjectionRebuild.class);
    private static final String NOTHING_CHANGED = "; what was read before is read still";

    private final Map<String, Object> kafka;
    private final TicketStore store;
    private final TicketVersions versions;
    private final ReplacedCollections replaced;
    private final Retrier retrier = new Retrier();

    /** @param kafka bootstrap servers and whatever else the connection needs */
    public ProjectionRebuild(
            Map<String, Object> kafka, TicketStore store, TicketVersions versions, ReplacedCollections replaced) {
        this.replaced = replaced;
        this.kafka = Map.copyOf(kafka);
        this.store = store;
        this.versions = versions;
    }

    /**
     * Rebuilds, on the calling thread, as long as it takes; waits while the database is away.
     *
     * @throws RebuildException where the pointer was not switched, with the reason
     * @throws org.apache.kafka.common.KafkaException where the brokers do not answer at the beginning
     */
    public RebuildReport run() {
        String old = ask("Reading the pointer", versions::current);
        String next = ask("Creating a collection", versions::createNext);
        Map<Integer, Long> oldPositions = ask("Reading positions", () -> store.positions(old));
        log.info("Rebuilding tickets from the start of the log; collection={} replaces={}", next, old);
        ProjectionCounters counters = new ProjectionCounters();
        try (ProjectionSession session = ask(
                "Opening " + next, () -> ProjectionSession.start(kafka, FoldStart.BEGINNING, store, next, counters))) {
            await(session, () -> session.caughtUp().isDone());
            if (isWithin(oldPositions, session.ends())) {
                // No reader is taken back behind what the running projector has written meanwhile.
                Map<Integer, Long> meanwhile = ask("Reading positions", () -> store.positions(old));
                await(session, () -> isWithin(meanwhile, session.positions()));
            } else {
                log.error(
                        "The log is shorter than what was written from it, so records have been lost; "
                                + "the rebuild shows what the log has now; collection={} positions={} ends={}",
                        old,
                        oldPositions,
                        session.ends());
            }
            Census rows = verified(session, counters, old);
            if (!ask("Switching the pointer", () -> versions.switchTo(old, next))) {
                throw new RebuildException("Another rebuild was faster than the one into " + next + NOTHING_CHANGED);
            }
            log.info("Tickets are read from the new collection; collection={} rows={}", next, rows.rows());
            return new RebuildReport(
                    next, old, rows.rows(), rows.withoutCode(), ask("Dropping collections", replaced::sweep));
        }
    }

    private static boolean isWithin(Map<Integer, Long> positions, Map<Integer, Long> limits) {
        return positions.entrySet().stream()
                .allMatch(position -> position.getValue() <= limits.getOrDefault(position.getKey(), 0L));
    }

    private void await(ProjectionSession session, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!retrier.pause(1)) {
                throw closed();
            }
            if (session.hasStopped()) {
                break;
            }
        }
        if (session.hasStopped()) {
            throw new RebuildException("Reading the log for " + session.collection() + " has failed" + NOTHING_CHANGED);
        }
    }

    private Census verified(ProjectionSession session, ProjectionCounters counters, String old) {
        long granted = session.granted();
        Census before = ask("Counting " + old, () -> versions.count(old));
        Census after = ask("Counting " + session.collection(), () -> versions.count(session.collection()));
        if (counters.refused() > 0 || after.rows() < granted) {
            throw new RebuildException("%s has %d rows where the log grants at least %d%s"
                    .formatted(session.collection(), after.rows(), granted, NOTHING_CHANGED));
        }
        if (after.withoutCode() > 0 && after.withCode() < before.withCode()) {
            throw new RebuildException(
                    "ticket_codes has lost codes that %s still shows: %d of %d would be left; restore them first%s"
                            .formatted(old, after.withCode(), before.withCode(), NOTHING_CHANGED));
        }
        return after;
    }

    private <T> T ask(String what, Supplier<T> question) {
        Optional<T> answer = retrier.ask(what, question);
        return answer.orElseThrow(ProjectionRebuild::closed);
    }

    private static RebuildException closed() {
        return new RebuildException("The rebuild was ended before it was complete" + NOTHING_CHANGED);
    }

    /** Ends a rebuild that is running on another thread. */
    @Override
    public void close() {
        retrier.close();
    }
}
