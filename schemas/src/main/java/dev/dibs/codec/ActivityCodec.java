package dev.dibs.codec;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.activities}. */
public final class ActivityCodec {
    private static final int SCHEMA_VERSION = 1;

    private ActivityCodec() {}

    public static byte[] encode(Activity activity) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("activityId", activity.activityId().value());
            json.writeStringProperty("name", activity.name());
            json.writeStringProperty("description", activity.description());
            json.writeStringProperty("image", activity.image());
            json.writeNumberProperty("startTime", activity.startTime());
            json.writeNumberProperty("endTime", activity.endTime());
            json.writeNumberProperty("limitPerUser", activity.limitPerUser());
            json.writeStringProperty("requiredRole", activity.requiredRole());
            json.writeStringProperty("state", activity.state().name());
            json.writeNumberProperty("version", activity.version());
            json.writeNumberProperty("logStart", activity.logStart());
            json.writeArrayPropertyStart("tickets");
            activity.tickets().forEach(ticket -> write(json, ticket));
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, TicketType ticket) {
        json.writeStartObject();
        json.writeStringProperty("ticketKind", ticket.kind().value());
        json.writeStringProperty("name", ticket.name());
        json.writeStringProperty("description", ticket.description());
        json.writeStringProperty("image", ticket.image());
        json.writeNumberProperty("startTime", ticket.startTime());
        json.writeNumberProperty("endTime", ticket.endTime());
        json.writeEndObject();
    }

    /** @throws UndecodableRecordException for anything that is not an activity; the message names the field */
    public static Activity decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        try {
            if (node.required("schemaVersion").intValue() != SCHEMA_VERSION) {
                throw new UndecodableRecordException("schemaVersion is not known");
            }
            List<TicketType> tickets = new ArrayList<>();
            for (JsonNode ticket : node.required("tickets")) {
                tickets.add(ticket(ticket));
            }
            return new Activity(
                    new ActivityId(text(node, "activityId")),
                    text(node, "name"),
                    text(node, "description"),
                    text(node, "image"),
                    node.required("startTime").longValue(),
                    node.required("endTime").longValue(),
                    node.required("limitPerUser").intValue(),
                    text(node, "requiredRole"),
                    tickets,
                    ActivityState.valueOf(text(node, "state")),
                    node.required("version").longValue(),
                    node.required("logStart").longValue());
        } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static TicketType ticket(JsonNode ticket) {
        return new TicketType(
                new TicketKind(text(ticket, "ticketKind")),
                text(ticket, "name"),
                text(ticket, "description"),
                text(ticket, "image"),
                ticket.required("startTime").longValue(),
                ticket.required("endTime").longValue());
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }
}
