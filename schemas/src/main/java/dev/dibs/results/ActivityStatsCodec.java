package dev.dibs.results;

import static dev.dibs.codec.Json.integer;

import dev.dibs.codec.Json;
import dev.dibs.codec.MeasuresCodec;
import dev.dibs.codec.MeasuresCodec.Addresses;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.activity-stats}. */
public final class ActivityStatsCodec {
    private ActivityStatsCodec() {}

    public static byte[] encode(ActivityStats stats) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", Rows.SCHEMA_VERSION);
            json.writeStringProperty("activityId", stats.activityId().value());
            json.writeNumberProperty("stock", stats.stock());
            json.writeNumberProperty("granted", stats.granted());
            json.writeNumberProperty("remaining", stats.remaining());
            json.writeNumberProperty("free", stats.free());
            json.writeNumberProperty("unreached", stats.unreached());
            json.writeBooleanProperty("holds", stats.holds());
            json.writeNumberProperty("redeemed", stats.redeemed());
            json.writeNumberProperty("revoked", stats.revoked());
            json.writeNumberProperty("voided", stats.voided());
            json.writeNumberProperty("duplicates", stats.duplicates());
            json.writeNumberProperty("requests", stats.requests());
            Rows.writeCounts(json, "answers", stats.answers());
            json.writeNumberProperty("firstGrabbedAt", stats.firstGrabbedAt());
            json.writeNumberProperty("lastGrabbedAt", stats.lastGrabbedAt());
            json.writeNumberProperty("soldOutAt", stats.soldOutAt());
            json.writeNumberProperty("logPartition", stats.logPartition());
            json.writeNumberProperty("logOffset", stats.logOffset());
            MeasuresCodec.write(json, stats.fairness());
            MeasuresCodec.write(json, "waits", stats.waits());
            MeasuresCodec.write(json, Addresses.REFUSED, stats.refusedAddresses());
            MeasuresCodec.write(json, Addresses.WINNERS, stats.winnerAddresses());
        });
    }

    /** @throws UndecodableRecordException for anything that is not such totals; the message names the field */
    public static ActivityStats decode(byte[] value) throws UndecodableRecordException {
        return Rows.decode(value, ActivityStatsCodec::read);
    }

    private static ActivityStats read(JsonNode node) throws UndecodableRecordException {
        long remaining = integer(node, "remaining");
        return new ActivityStats(
                Json.parsed(node, "activityId", ActivityId::new),
                integer(node, "stock"),
                integer(node, "granted"),
                remaining,
                // Added within the version. Where nobody looked for gaps, all that remains counts as not reached yet.
                integerOr(node, "free", 0),
                integerOr(node, "unreached", remaining),
                integer(node, "redeemed"),
                integer(node, "revoked"),
                integer(node, "voided"),
                integer(node, "duplicates"),
                integer(node, "requests"),
                Rows.counts(node, "answers"),
                integer(node, "firstGrabbedAt"),
                integer(node, "lastGrabbedAt"),
                integerOr(node, "soldOutAt", 0),
                Json.int32(node, "logPartition"),
                integer(node, "logOffset"),
                MeasuresCodec.fairness(node),
                MeasuresCodec.distribution(node, "waits"),
                MeasuresCodec.addresses(node, Addresses.REFUSED),
                MeasuresCodec.addresses(node, Addresses.WINNERS));
    }

    private static long integerOr(JsonNode node, String field, long missing) throws UndecodableRecordException {
        return node.get(field) == null ? missing : integer(node, field);
    }
}
