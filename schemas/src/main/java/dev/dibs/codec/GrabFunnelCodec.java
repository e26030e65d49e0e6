package dev.dibs.codec;

import dev.dibs.codec.MeasuresCodec.Addresses;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.grab-funnel}. */
public final class GrabFunnelCodec {
    private static final int SCHEMA_VERSION = 1;

    private GrabFunnelCodec() {}

    public static byte[] encode(GrabFunnel funnel) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("activityId", funnel.activityId().value());
            json.writeStringProperty("instance", funnel.instance());
            json.writeNumberProperty("second", funnel.second());
            json.writeNumberProperty("requests", funnel.requests());
            json.writeObjectPropertyStart("answers");
            funnel.answers().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeObjectPropertyStart("waits");
            funnel.waits().forEach((millis, count) -> json.writeNumberProperty(Long.toString(millis), count));
            json.writeEndObject();
            MeasuresCodec.write(json, Addresses.REFUSED, funnel.refusedAddresses());
        });
    }

    /** @throws UndecodableRecordException for anything that is not a funnel record; the message names the field */
    public static GrabFunnel decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        Json.version(SCHEMA_VERSION, Json.integer(node, "schemaVersion"));
        Map<String, Long> answers = answers(node);
        try {
            return new GrabFunnel(
                    Json.parsed(node, "activityId", ActivityId::new),
                    Json.text(node, "instance"),
                    Json.integer(node, "second"),
                    Json.integer(node, "requests"),
                    answers,
                    waits(node),
                    MeasuresCodec.addresses(node, Addresses.REFUSED));
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static Map<String, Long> answers(JsonNode funnel) throws UndecodableRecordException {
        JsonNode counted = funnel.get("answers");
        if (counted == null || !counted.isObject()) {
            throw new UndecodableRecordException("answers must be an object");
        }
        Map<String, Long> answers = new HashMap<>();
        for (String answer : counted.propertyNames()) {
            answers.put(answer, Json.integer(counted, answer));
        }
        return answers;
    }

    private static Map<Long, Long> waits(JsonNode funnel) throws UndecodableRecordException {
        JsonNode counted = funnel.get("waits");
        if (counted == null) {
            return Map.of();
        }
        if (!counted.isObject()) {
            throw new UndecodableRecordException("waits must be an object");
        }
        Map<Long, Long> waits = new HashMap<>();
        for (String millis : counted.propertyNames()) {
            waits.put(Json.parsed("waits", millis, Long::valueOf), Json.integer(counted, millis));
        }
        return waits;
    }
}
