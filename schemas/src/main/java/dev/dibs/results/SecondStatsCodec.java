package dev.dibs.results;

import static dev.dibs.codec.Json.integer;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.activity-stats-per-second}. */
public final class SecondStatsCodec {
    private SecondStatsCodec() {}

    public static byte[] encode(SecondStats stats) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", Rows.SCHEMA_VERSION);
            json.writeStringProperty("activityId", stats.activityId().value());
            json.writeNumberProperty("second", stats.second());
            json.writeNumberProperty("stockAdded", stats.stockAdded());
            json.writeNumberProperty("granted", stats.granted());
            json.writeNumberProperty("remaining", stats.remaining());
            json.writeNumberProperty("redeemed", stats.redeemed());
            json.writeNumberProperty("revoked", stats.revoked());
            json.writeNumberProperty("voided", stats.voided());
            json.writeNumberProperty("duplicates", stats.duplicates());
            json.writeNumberProperty("requests", stats.requests());
            Rows.writeCounts(json, "answers", stats.answers());
        });
    }

    /** @throws UndecodableRecordException for anything that is not such counts; the message names the field */
    public static SecondStats decode(byte[] value) throws UndecodableRecordException {
        return Rows.decode(value, SecondStatsCodec::read);
    }

    private static SecondStats read(JsonNode node) throws UndecodableRecordException {
        return new SecondStats(
                Json.parsed(node, "activityId", ActivityId::new),
                integer(node, "second"),
                integer(node, "stockAdded"),
                integer(node, "granted"),
                integer(node, "remaining"),
                integer(node, "redeemed"),
                integer(node, "revoked"),
                integer(node, "voided"),
                integer(node, "duplicates"),
                integer(node, "requests"),
                Rows.counts(node, "answers"));
    }
}
