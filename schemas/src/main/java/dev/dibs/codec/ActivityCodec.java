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
            EntryFields.write(json, activity.entry());
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
        Json.version(SCHEMA_VERSION, Json.integer(node, "schemaVersion"));
        List<TicketType> tickets = tickets(node);
        try {
            return new Activity(
                    Json.parsed(node, "activityId", ActivityId::new),
                    Json.text(node, "name"),
                    Json.text(node, "description"),
                    Json.text(node, "image"),
                    Json.integer(node, "startTime"),
                    Json.integer(node, "endTime"),
                    Json.int32(node, "limitPerUser"),
                    Json.text(node, "requiredRole"),
                    tickets,
                    Json.parsed(node, "state", ActivityState::valueOf),
                    Json.integer(node, "version"),
                    Json.integer(node, "logStart"),
                    EntryFields.read(node));
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static List<TicketType> tickets(JsonNode activity) throws UndecodableRecordException {
        JsonNode listed = activity.get("tickets");
        if (listed == null || !listed.isArray()) {
            throw new UndecodableRecordException("tickets must be an array");
        }
        List<TicketType> tickets = new ArrayList<>();
        for (JsonNode ticket : listed) {
            try {
                tickets.add(ticket(ticket));
            } catch (IllegalArgumentException | UndecodableRecordException e) {
                throw new UndecodableRecordException("tickets[" + tickets.size() + "]: " + e.getMessage(), e);
            }
        }
        return tickets;
    }

    private static TicketType ticket(JsonNode ticket) throws UndecodableRecordException {
        return new TicketType(
                Json.parsed(ticket, "ticketKind", TicketKind::new),
                Json.text(ticket, "name"),
                Json.text(ticket, "description"),
                Json.text(ticket, "image"),
                Json.integer(ticket, "startTime"),
                Json.integer(ticket, "endTime"));
    }
}
