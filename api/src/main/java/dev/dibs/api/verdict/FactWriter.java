package dev.dibs.api.verdict;

import dev.dibs.events.TicketEvent;
import dev.dibs.ledger.Verdict;
import reactor.core.publisher.Mono;

/** Appends a fact to the log and tells what the ledger says of it. */
public interface FactWriter {

    /** The record's place in the log and its verdict. */
    record Judged(int partition, long offset, Verdict verdict) {
        /** The ledger has granted it before anybody asked; where it stands in the log does not matter any more. */
        public static final Judged FOLDED = new Judged(-1, -1, Verdict.VALID);
    }

    /**
     * Completes with the verdict; with an error where the log cannot be written or no verdict comes in time. After an
     * error it is not known whether the fact is in the log.
     */
    Mono<Judged> write(TicketEvent event);
}
