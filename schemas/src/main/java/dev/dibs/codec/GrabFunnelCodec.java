package dev.dibs.codec;

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
        });
    }

    /** @throws UndecodableRecordException for anything that is not a funnel record; the message names the field */
    public static GrabFunnel decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        try {
            Map<String, Long> answers = new HashMap<>();
            node.required("answers").forEachEntry((answer, count) -> answers.put(answer, count.longValue()));
            return new GrabFunnel(
                    new ActivityId(node.required("activityId").stringValue()),
                    node.required("instance").stringValue(),
                    node.required("second").longValue(),
                    node.required("requests").longValue(),
                    answers);
        } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }
}
