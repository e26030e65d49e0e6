package dev.dibs.results;

import static dev.dibs.codec.Json.integer;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.alarms}. */
public final class ConservationAlarmCodec {
    private static final String KIND = "conservation";

    private ConservationAlarmCodec() {}

    public static byte[] encode(ConservationAlarm alarm) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", Rows.SCHEMA_VERSION);
            json.writeStringProperty("alarm", KIND);
            json.writeStringProperty("activityId", alarm.activityId().value());
            json.writeNumberProperty("stock", alarm.stock());
            json.writeNumberProperty("granted", alarm.granted());
            json.writeNumberProperty("free", alarm.free());
            json.writeNumberProperty("unreached", alarm.unreached());
            json.writeNumberProperty("logPartition", alarm.logPartition());
            json.writeNumberProperty("logOffset", alarm.logOffset());
            json.writeNumberProperty("at", alarm.at());
        });
    }

    /** @throws UndecodableRecordException for anything that is not such an alarm; the message names the field */
    public static ConservationAlarm decode(byte[] value) throws UndecodableRecordException {
        return Rows.decode(value, ConservationAlarmCodec::read);
    }

    private static ConservationAlarm read(JsonNode node) throws UndecodableRecordException {
        String kind = Json.text(node, "alarm");
        if (!KIND.equals(kind)) {
            throw new UndecodableRecordException("alarm must be '" + KIND + "' but is '" + kind + "'");
        }
        return new ConservationAlarm(
                Json.parsed(node, "activityId", ActivityId::new),
                integer(node, "stock"),
                integer(node, "granted"),
                integer(node, "free"),
                integer(node, "unreached"),
                Json.int32(node, "logPartition"),
                integer(node, "logOffset"),
                integer(node, "at"));
    }
}
