package dev.dibs.api.claim;

import reactor.core.publisher.Mono;

/** The fast, fallible stock of tickets. */
public interface TicketInventory {

    /**
     * Claims one sequence, atomically. An error means that it is not known whether the claim was made; the same
     * request may then be sent again.
     */
    Mono<ClaimResult> claim(ClaimRequest request);
}
