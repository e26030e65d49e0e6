package dev.dibs.processor.topology;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.LedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.processor.ledger.Grant;
import dev.dibs.processor.ledger.StoreLedgerState;
import dev.dibs.processor.statistics.Tally;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResult.Status;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Asks the ledger about each event; a valid grab, redemption or revocation becomes a row, and all are counted. */
final class ApplyLedger implements Processor<byte[], TicketEvent, String, Object> {
    private final Resumption resumption;
    private final Pseudonyms pseudonyms;
    private final Function<LedgerState, Ledger> rules;
    private ProcessorContext<String, Object> context;
    private StoreLedgerState state;
    private Ledger ledger;
    private Names names;

    /** @param rules makes the ledger that decides */
    ApplyLedger(Resumption resumption, Pseudonyms pseudonyms, Function<LedgerState, Ledger> rules) {
        this.resumption = resumption;
        this.pseudonyms = pseudonyms;
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Object> streams) {
        context = streams;
        state = StateStores.ledger(streams);
        ledger = rules.apply(state);
        names = new Names(StateStores.NAMES.in(streams));
    }

    @Override
    public void process(Record<byte[], TicketEvent> record) {
        TicketEvent event = record.value();
        RecordMetadata place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("An event of the log has a place in it"));
        state.sending().begin(record.timestamp(), record.headers());
        Verdict verdict = ledger.apply(place.offset(), event);
        String activity = event.activityId().value();
        context.forward(
                new Record<>(activity, Tally.of(place.offset(), event, verdict), record.timestamp()), Nodes.COUNT);
        if (verdict == Verdict.VALID && !resumption.isWritten(place.partition(), place.offset())) {
            GrabResult row = row(event, place);
            if (row != null) {
                context.forward(new Record<>(row.key(), row, record.timestamp()), Nodes.WRITE_GRAB_RESULTS);
            }
        }
    }

    /** The row that a valid event makes, or null where it makes none. */
    private GrabResult row(TicketEvent event, RecordMetadata place) {
        if (event instanceof TicketGrabbed grab) {
            // Not from the store, where it has only just been put: that would be two look-ups for each winner.
            return row(event, state.grant(grab), place, Status.GRANTED);
        } else if (event instanceof TicketRedeemed redeemed) {
            return row(event, grant(event, redeemed.sequence()), place, Status.REDEEMED);
        } else if (event instanceof TicketRevoked revoked) {
            return row(event, grant(event, revoked.sequence()), place, Status.REVOKED);
        }
        return null;
    }

    private Grant grant(TicketEvent event, int sequence) {
        return state.account(event.activityId()).grant(sequence);
    }

    private GrabResult row(TicketEvent event, Grant grant, RecordMetadata place, Status status) {
        ActivityId activityId = event.activityId();
        return new GrabResult(
                activityId,
                names.of(activityId),
                grant.holding().sequence(),
                grant.holding().ticketId(),
                grant.ticketKind(),
                names.of(activityId, grant.ticketKind()),
                pseudonyms.of(grant.userId()),
                grant.holding().epoch(),
                grant.requestedAt(),
                grant.holding().grabbedAt(),
                grant.waitedMillis(),
                grant.instance(),
                grant.addressHash(),
                place.partition(),
                place.offset(),
                status,
                event.occurredAt());
    }
}
