package dev.dibs.api.tickets;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import reactor.core.publisher.Mono;

/** Leads from a ticket to its place in the log's account, whoever owns it: for operators only. */
public interface TicketPlaces {

    record TicketPlace(ActivityId activityId, int sequence) {}

    /** Empty where the projection has no such ticket, or not yet; an error where it does not answer in time. */
    Mono<TicketPlace> find(TicketId ticketId);
}
