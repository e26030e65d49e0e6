package dev.dibs.results;

import static dev.dibs.codec.Json.integer;
import static dev.dibs.codec.Json.text;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.grab-results}: flat JSON. */
public final class GrabResultCodec {
    private GrabResultCodec() {}

    public static byte[] encode(GrabResult result) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", Rows.SCHEMA_VERSION);
            json.writeStringProperty("activityId", result.activityId().value());
            json.writeStringProperty("activityName", result.activityName());
            json.writeNumberProperty("sequence", result.sequence());
            json.writeStringProperty("ticketId", result.ticketId().toString());
            json.writeStringProperty("ticketKind", result.ticketKind().value());
            json.writeStringProperty("ticketName", result.ticketName());
            json.writeStringProperty("userPseudonym", result.userPseudonym());
            json.writeNumberProperty("epoch", result.epoch());
            json.writeNumberProperty("requestedAt", result.requestedAt());
            json.writeNumberProperty("grabbedAt", result.grabbedAt());
            json.writeNumberProperty("waitedMillis", result.waitedMillis());
            json.writeStringProperty("instance", result.instance());
            json.writeStringProperty("addressHash", result.addressHash());
            json.writeNumberProperty("logPartition", result.logPartition());
            json.writeNumberProperty("logOffset", result.logOffset());
            json.writeStringProperty("status", result.status().label());
            json.writeNumberProperty("statusAt", result.statusAt());
        });
    }

    /** @throws UndecodableRecordException for anything that is not a result; the message names the field */
    public static GrabResult decode(byte[] value) throws UndecodableRecordException {
        return Rows.decode(value, GrabResultCodec::read);
    }

    private static GrabResult read(JsonNode node) throws UndecodableRecordException {
        return new GrabResult(
                Json.parsed(node, "activityId", ActivityId::new),
                text(node, "activityName"),
                Json.int32(node, "sequence"),
                Json.parsed(node, "ticketId", TicketId::parse),
                Json.parsed(node, "ticketKind", TicketKind::new),
                text(node, "ticketName"),
                text(node, "userPseudonym"),
                integer(node, "epoch"),
                integer(node, "requestedAt"),
                integer(node, "grabbedAt"),
                integer(node, "waitedMillis"),
                text(node, "instance"),
                text(node, "addressHash"),
                Json.int32(node, "logPartition"),
                integer(node, "logOffset"),
                Json.parsed(node, "status", GrabResult.Status::of),
                integer(node, "statusAt"));
    }
}
