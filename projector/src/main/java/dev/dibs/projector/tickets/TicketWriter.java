package dev.dibs.projector.tickets;

import dev.dibs.ids.TicketId;
import dev.dibs.projector.store.RefusedRow;
import dev.dibs.projector.store.TicketBatch;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a batch into the store, however long the store is away.
 *
 * <p>Two things are no reason to stop everybody else's tickets, and raise an alarm instead. A <em>missing code</em>:
 * codes are stored before their stock enters the log, so it means that {@code ticket_codes} has lost data, and waiting
 * brings nothing back; the row is written without it, the owner sees the ticket, and once the code has been restored a
 * rebuild fills it in. A <em>row refused for good</em>: the other rows stand, and the audit names the one that is
 * missing.
 */
public final class TicketWriter {
    private static final Logger log = LoggerFactory.getLogger(TicketWriter.class);
    /** A collision of two writers is over at the second attempt; the others only make sure. */
    private static final int ROW_ATTEMPTS = 5;

    private static final int NAMED_IN_LOG = 5;

    private final TicketStore store;
    private final Retrier retrier;
    private final ProjectionCounters counters;

    public TicketWriter(TicketStore store, Retrier retrier, ProjectionCounters counters) {
        this.store = store;
        this.retrier = retrier;
        this.counters = counters;
    }

    ProjectionCounters counters() {
        return counters;
    }

    /** @return whether the batch has been dealt with; false where closing came before */
    boolean write(String collection, TicketBatch batch) {
        TicketBatch left = batch;
        for (int attempt = 1; ; attempt++) {
            TicketBatch part = left;
            Optional<WriteOutcome> outcome =
                    retrier.ask("Writing tickets to " + collection, () -> store.write(collection, part));
            if (outcome.isEmpty()) {
                return false;
            }
            List<RefusedRow> refused = outcome.get().refused();
            if (attempt == 1) {
                reportMissingCodes(collection, outcome.get().withoutCode());
            }
            counters.wrote(part.size() - refused.size());
            if (refused.isEmpty()) {
                return true;
            }
            if (attempt == ROW_ATTEMPTS) {
                reportRefused(collection, refused);
                return true;
            }
            if (!retrier.pause(attempt)) {
                return false;
            }
            left = part.only(refused.stream().map(RefusedRow::ticketId).toList());
        }
    }

    /** @return whether the positions have been written; false where closing came before */
    boolean advance(String collection, Map<Integer, Long> nextOffsets) {
        return retrier.insist("Writing the positions of " + collection, () -> store.advance(collection, nextOffsets));
    }

    private void reportMissingCodes(String collection, List<TicketId> tickets) {
        if (!tickets.isEmpty()) {
            counters.missedCodes(tickets.size());
            log.error(
                    "Tickets were written without their codes, which ticket_codes does not have; "
                            + "restore them and rebuild; collection={} tickets={} ticketId={}",
                    collection,
                    tickets.size(),
                    tickets.subList(0, Math.min(NAMED_IN_LOG, tickets.size())));
        }
    }

    private void reportRefused(String collection, List<RefusedRow> rows) {
        counters.gaveUp(rows.size());
        for (RefusedRow row : rows) {
            log.error(
                    "A ticket is refused by the database and left out; collection={} ticketId={} error={}",
                    collection,
                    row.ticketId(),
                    row.error());
        }
    }
}
