package dev.dibs.api.door;

import dev.dibs.api.door.DoorAnswer.Refused;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.events.TicketEvent;
import dev.dibs.ledger.Holding;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has the log decide whether somebody was the first to use a ticket. */
final class LogDecision {
    private static final Logger log = LoggerFactory.getLogger(LogDecision.class);

    private final FactWriter facts;
    private final Duration atMost;

    /** @param atMost how long somebody waits for the log; after it nothing is known, and the call can be repeated */
    LogDecision(FactWriter facts, Duration atMost) {
        this.facts = facts;
        this.atMost = atMost;
    }

    /**
     * Appends the event.
     *
     * @param first the answer if it counts. Asked for only then: the record that counts may be that of another
     *     instance, to which the same request came at the same time
     * @param late the answer if somebody was faster, by what they did
     */
    Mono<DoorAnswer> on(TicketEvent event, Supplier<DoorAnswer> first, Function<Holding.Use, DoorAnswer> late) {
        return facts.write(event)
                .timeout(atMost)
                // The verdict comes on the thread that reads the log, which has no time for what follows.
                .publishOn(Schedulers.parallel())
                .map(judged -> switch (judged.verdict()) {
                    case VALID -> first.get();
                    case VOID_ALREADY_REDEEMED -> late.apply(Holding.Use.REDEEMED);
                    case VOID_ALREADY_REVOKED -> late.apply(Holding.Use.REVOKED);
                    default ->
                        throw new IllegalStateException(
                                "the ledger says " + judged.verdict() + " to a ticket that it has granted");
                })
                .onErrorResume(error -> {
                    log.warn(
                            "The use of a ticket was not confirmed; activityId={} error={}",
                            event.activityId(),
                            error.toString());
                    return Mono.just(new Refused(DoorProblems.notConfirmed()));
                });
    }
}
