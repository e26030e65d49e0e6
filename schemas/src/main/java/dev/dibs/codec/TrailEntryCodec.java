package dev.dibs.codec;

import dev.dibs.trail.TrailEntry;
import dev.dibs.trail.TrailEntry.Stage;
import java.util.UUID;

/** Values of {@code dibs.audit}. */
public final class TrailEntryCodec {
    private static final int SCHEMA_VERSION = 1;

    private TrailEntryCodec() {}

    public static byte[] encode(TrailEntry entry) {
        return Json.object(json -> {
            json.writeStringProperty("eventId", entry.eventId().toString());
            json.writeStringProperty("type", entry.stage().type());
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeNumberProperty("occurredAt", entry.occurredAt());
            json.writeStringProperty("callId", entry.callId().toString());
            json.writeStringProperty("actor", entry.actor());
            json.writeStringProperty("roles", entry.roles());
            json.writeStringProperty("instance", entry.instance());
            json.writeStringProperty("action", entry.action());
            json.writeStringProperty("activityId", entry.activityId());
            json.writeStringProperty("target", entry.target());
            json.writeNumberProperty("status", entry.status());
            json.writeStringProperty("outcome", entry.outcome());
            json.writeNumberProperty("suppressed", entry.suppressed());
        });
    }

    /** @throws UndecodableRecordException for anything that is not an entry; the message names the field */
    public static TrailEntry decode(byte[] value) throws UndecodableRecordException {
        Fields fields = Fields.parse(value);
        Json.version(SCHEMA_VERSION, fields.integer("schemaVersion"));
        try {
            return new TrailEntry(
                    fields.parsed("eventId", TrailEntryCodec::uuid),
                    fields.parsed("callId", TrailEntryCodec::uuid),
                    fields.parsed("type", Stage::of),
                    fields.integer("occurredAt"),
                    fields.text("actor"),
                    fields.text("roles"),
                    fields.text("instance"),
                    fields.text("action"),
                    fields.text("activityId"),
                    fields.text("target"),
                    fields.int32("status"),
                    fields.text("outcome"),
                    fields.int32("suppressed"));
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("must be a UUID of 36 characters");
        }
        return uuid;
    }
}
