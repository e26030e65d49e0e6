package dev.dibs.codec;

import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.RefusedAddresses;
import dev.dibs.measures.RefusedAddresses.Refused;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * How measures stand in records. Each was added to records that had been written without it: where its field is missing,
 * nothing has been measured.
 */
public final class MeasuresCodec {
    private static final String FAIRNESS = "fairness";
    private static final String ADDRESSES = "refusedAddresses";
    private static final String UNLISTED = "unlistedAddressAtMost";

    private MeasuresCodec() {}

    public static void write(JsonGenerator json, Fairness fairness) {
        json.writeObjectPropertyStart(FAIRNESS);
        json.writeNumberProperty("measured", fairness.measured());
        json.writeNumberProperty("unplaced", fairness.unplaced());
        json.writeNumberProperty("inversions", fairness.inversions());
        json.writeNumberProperty("overtaken", fairness.overtaken());
        json.writeNumberProperty("overtakenFar", fairness.overtakenFar());
        write(json, "placesLost", fairness.placesLost());
        write(json, "millisLost", fairness.millisLost());
        json.writeEndObject();
    }

    public static void write(JsonGenerator json, String field, Distribution distribution) {
        json.writeObjectPropertyStart(field);
        json.writeNumberProperty("count", distribution.count());
        json.writeNumberProperty("p50", distribution.p50());
        json.writeNumberProperty("p95", distribution.p95());
        json.writeNumberProperty("p99", distribution.p99());
        json.writeNumberProperty("max", distribution.max());
        json.writeEndObject();
    }

    public static void write(JsonGenerator json, RefusedAddresses addresses) {
        json.writeArrayPropertyStart(ADDRESSES);
        for (Refused refused : addresses.list()) {
            json.writeStartObject();
            json.writeStringProperty("addressHash", refused.addressHash());
            json.writeNumberProperty("atLeast", refused.atLeast());
            json.writeNumberProperty("atMost", refused.atMost());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty(UNLISTED, addresses.unlistedAtMost());
    }

    /** @throws IllegalArgumentException where the numbers contradict each other */
    public static Fairness fairness(JsonNode record) throws UndecodableRecordException {
        JsonNode node = record.get(FAIRNESS);
        if (node == null) {
            return Fairness.NONE;
        }
        return new Fairness(
                Json.integer(node, "measured"),
                Json.integer(node, "unplaced"),
                Json.integer(node, "inversions"),
                Json.integer(node, "overtaken"),
                Json.integer(node, "overtakenFar"),
                read(present(node, "placesLost")),
                read(present(node, "millisLost")));
    }

    /** @throws IllegalArgumentException where the numbers contradict each other */
    public static Distribution distribution(JsonNode record, String field) throws UndecodableRecordException {
        return record.get(field) == null ? Distribution.NONE : read(record.get(field));
    }

    private static Distribution read(JsonNode node) throws UndecodableRecordException {
        return new Distribution(
                Json.integer(node, "count"),
                Json.integer(node, "p50"),
                Json.integer(node, "p95"),
                Json.integer(node, "p99"),
                Json.integer(node, "max"));
    }

    /** @throws IllegalArgumentException where the numbers contradict each other */
    public static RefusedAddresses refusedAddresses(JsonNode record) throws UndecodableRecordException {
        JsonNode node = record.get(ADDRESSES);
        long unlisted = record.get(UNLISTED) == null ? 0 : Json.integer(record, UNLISTED);
        if (node == null) {
            return new RefusedAddresses(List.of(), unlisted);
        }
        if (!node.isArray()) {
            throw new UndecodableRecordException(ADDRESSES + " must be an array");
        }
        List<Refused> list = new ArrayList<>();
        for (JsonNode refused : node) {
            list.add(new Refused(
                    Json.text(refused, "addressHash"),
                    Json.integer(refused, "atLeast"),
                    Json.integer(refused, "atMost")));
        }
        return new RefusedAddresses(list, unlisted);
    }

    private static JsonNode present(JsonNode object, String field) throws UndecodableRecordException {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new UndecodableRecordException(field + " is missing");
        }
        return value;
    }
}
