package dev.dibs.projector.store;

import dev.dibs.ids.TicketId;

/**
 * A change that the database did not take although it took others.
 *
 * @param error the database's code and message
 */
public record RefusedRow(TicketId ticketId, String error) {}
