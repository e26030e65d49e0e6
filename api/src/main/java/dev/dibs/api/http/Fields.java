package dev.dibs.api.http;

import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.ledger.Holding;
import tools.jackson.core.JsonGenerator;

/**
 * The fields of activities and tickets, under the names that each endpoint has for them. The names differ on purpose:
 * they are the customer's.
 */
final class Fields {
    private Fields() {}

    static void activity(JsonGenerator json, Activity activity) {
        json.writeStringProperty("id", activity.activityId().value());
        json.writeStringProperty("name", activity.name());
        json.writeStringProperty("desc", activity.description());
        json.writeStringProperty("image", activity.image());
        json.writeNumberProperty("start_time", activity.startTime());
        json.writeNumberProperty("end_time", activity.endTime());
    }

    /** As {@code /ticket/get} and {@code /ticket/result} have it. */
    static void grabbed(JsonGenerator json, Activity activity, OwnedTicket ticket, long now) {
        TicketType type = type(activity, ticket);
        json.writeStringProperty("id", ticket.ticketId().toString());
        nameAndDescription(json, ticket, type);
        json.writeStringProperty("code", ticket.code());
        json.writeStringProperty("actId", ticket.activityId().value());
        json.writeBooleanProperty("isEffective", isEffective(ticket, type, now));
        json.writeStringProperty("image", type == null ? "" : type.image());
        window(json, type);
    }

    /** As {@code /ticket/list} has it. */
    static void listed(JsonGenerator json, Activity activity, OwnedTicket ticket, long now) {
        TicketType type = type(activity, ticket);
        json.writeStringProperty("id", ticket.ticketId().toString());
        nameAndDescription(json, ticket, type);
        json.writeStringProperty("code", ticket.code());
        json.writeStringProperty("act_id", ticket.activityId().value());
        json.writeBooleanProperty("is_effective", isEffective(ticket, type, now));
        window(json, type);
    }

    /** As {@code /ticket/detail} has it. */
    static void detailed(JsonGenerator json, Activity activity, OwnedTicket ticket, long now) {
        TicketType type = type(activity, ticket);
        json.writeStringProperty("id", ticket.ticketId().toString());
        json.writeStringProperty("name", name(ticket, type));
        json.writeStringProperty("code", ticket.code());
        json.writeStringProperty("desc", type == null ? "" : type.description());
        json.writeStringProperty("act_id", ticket.activityId().value());
        json.writeBooleanProperty("is_effective", isEffective(ticket, type, now));
        json.writeStringProperty("image", type == null ? "" : type.image());
        window(json, type);
    }

    /** Null where this instance does not know the activity, or it has no such kind any more. */
    private static TicketType type(Activity activity, OwnedTicket ticket) {
        return activity == null ? null : activity.ticket(ticket.kind()).orElse(null);
    }

    private static void nameAndDescription(JsonGenerator json, OwnedTicket ticket, TicketType type) {
        json.writeStringProperty("name", name(ticket, type));
        json.writeStringProperty("desc", type == null ? "" : type.description());
    }

    private static String name(OwnedTicket ticket, TicketType type) {
        return type == null ? ticket.kind().value() : type.name();
    }

    private static void window(JsonGenerator json, TicketType type) {
        json.writeNumberProperty("start_time", type == null ? 0 : type.startTime());
        json.writeNumberProperty("end_time", type == null ? 0 : type.endTime());
    }

    /** Whether the ticket would be let in now. */
    private static boolean isEffective(OwnedTicket ticket, TicketType type, long now) {
        return ticket.use() == Holding.Use.UNUSED && type != null && now >= type.startTime() && now < type.endTime();
    }
}
