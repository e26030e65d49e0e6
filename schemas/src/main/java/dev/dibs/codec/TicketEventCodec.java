package dev.dibs.codec;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** Values of {@code dibs.ticket-events}: flat JSON. Fields may be added within a schema version, never changed. */
public final class TicketEventCodec {
    static final int SCHEMA_VERSION = 1;

    private TicketEventCodec() {}

    public static byte[] encode(TicketEvent event) {
        return Json.object(json -> {
            json.writeStringProperty("eventId", event.eventId().toString());
            json.writeStringProperty("type", event.getClass().getSimpleName());
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeNumberProperty("occurredAt", event.occurredAt());
            json.writeStringProperty("activityId", event.activityId().value());
            writeOwnFields(json, event);
        });
    }

    private static void writeOwnFields(JsonGenerator json, TicketEvent event) {
        if (event instanceof TicketGrabbed grab) {
            json.writeNumberProperty("epoch", grab.epoch());
            json.writeNumberProperty("sequence", grab.sequence());
            json.writeStringProperty("ticketId", grab.ticketId().toString());
            json.writeStringProperty("userId", grab.userId().value());
            json.writeStringProperty("requestId", grab.requestId().value());
            json.writeNumberProperty("requestedAt", grab.requestedAt());
            json.writeNumberProperty("grabbedAt", grab.grabbedAt());
            json.writeStringProperty("ticketKind", grab.ticketKind().value());
            json.writeStringProperty("addressHash", grab.addressHash());
        } else if (event instanceof EpochOpened opened) {
            json.writeStringProperty("nonce", opened.nonce());
            json.writeStringProperty("fence", opened.fence());
            json.writeNumberProperty("limitPerUser", opened.limitPerUser());
        } else if (event instanceof StockAdded added) {
            json.writeNumberProperty("from", added.from());
            json.writeNumberProperty("to", added.to());
            json.writeStringProperty("ticketKind", added.ticketKind().value());
            json.writeStringProperty("importId", added.importId().value());
        } else if (event instanceof TicketRedeemed redeemed) {
            json.writeStringProperty("ticketId", redeemed.ticketId().toString());
            json.writeNumberProperty("sequence", redeemed.sequence());
            json.writeStringProperty("gate", redeemed.gate());
        } else if (event instanceof TicketRevoked revoked) {
            json.writeStringProperty("ticketId", revoked.ticketId().toString());
            json.writeNumberProperty("sequence", revoked.sequence());
            json.writeStringProperty("reason", revoked.reason());
        }
    }

    /** @throws UndecodableRecordException for anything that is not an event; the message names the field */
    public static TicketEvent decode(byte[] value) throws UndecodableRecordException {
        Fields fields = Fields.parse(value);
        Json.version(SCHEMA_VERSION, fields.integer("schemaVersion"));
        try {
            return decode(fields);
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static TicketEvent decode(Fields fields) throws UndecodableRecordException {
        ActivityId activityId = fields.parsed("activityId", ActivityId::new);
        String type = fields.text("type");
        return switch (type) {
            case "TicketGrabbed" ->
                new TicketGrabbed(
                        activityId,
                        fields.integer("epoch"),
                        fields.int32("sequence"),
                        fields.parsed("ticketId", TicketId::parse),
                        fields.parsed("userId", UserId::new),
                        fields.parsed("requestId", RequestId::new),
                        fields.integer("requestedAt"),
                        fields.integer("grabbedAt"),
                        fields.parsed("ticketKind", TicketKind::new),
                        fields.textOr("addressHash", ""));
            case "EpochOpened" ->
                new EpochOpened(
                        eventId(fields),
                        fields.integer("occurredAt"),
                        activityId,
                        fields.text("nonce"),
                        fields.text("fence"),
                        fields.int32("limitPerUser"));
            case "StockAdded" ->
                new StockAdded(
                        eventId(fields),
                        fields.integer("occurredAt"),
                        activityId,
                        fields.int32("from"),
                        fields.int32("to"),
                        fields.parsed("ticketKind", TicketKind::new),
                        fields.parsed("importId", ImportId::new));
            case "TicketRedeemed" ->
                new TicketRedeemed(
                        eventId(fields),
                        fields.integer("occurredAt"),
                        activityId,
                        fields.parsed("ticketId", TicketId::parse),
                        fields.int32("sequence"),
                        fields.text("gate"));
            case "TicketRevoked" ->
                new TicketRevoked(
                        eventId(fields),
                        fields.integer("occurredAt"),
                        activityId,
                        fields.parsed("ticketId", TicketId::parse),
                        fields.int32("sequence"),
                        fields.text("reason"));
            default -> throw new UndecodableRecordException("type '" + type + "' is not known");
        };
    }

    private static UUID eventId(Fields fields) throws UndecodableRecordException {
        return fields.parsed("eventId", TicketEventCodec::uuid);
    }

    /** As strict as a ticket's id: {@link UUID#fromString} alone also takes "1-1-1-1-1". */
    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("must be a UUID of 36 characters");
        }
        return uuid;
    }
}
