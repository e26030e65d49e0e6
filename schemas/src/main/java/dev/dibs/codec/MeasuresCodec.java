package dev.dibs.codec;

import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
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

    private MeasuresCodec() {}

    /** Whose addresses are counted, and so under which names they stand. */
    public enum Addresses {
        REFUSED("refusedAddresses", "unlistedAddressAtMost"),
        WINNERS("winnerAddresses", "unlistedWinnerAddressAtMost");

        private final String list;
        private final String unlisted;

        Addresses(String list, String unlisted) {
            this.list = list;
            this.unlisted = unlisted;
        }
    }

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

    public static void write(JsonGenerator json, Addresses whose, TopAddresses addresses) {
        json.writeArrayPropertyStart(whose.list);
        for (Address address : addresses.list()) {
            json.writeStartObject();
            json.writeStringProperty("addressHash", address.addressHash());
            json.writeNumberProperty("atLeast", address.atLeast());
            json.writeNumberProperty("atMost", address.atMost());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty(whose.unlisted, addresses.unlistedAtMost());
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
    public static TopAddresses addresses(JsonNode record, Addresses whose) throws UndecodableRecordException {
        JsonNode node = record.get(whose.list);
        long unlisted = record.get(whose.unlisted) == null ? 0 : Json.integer(record, whose.unlisted);
        if (node == null) {
            return new TopAddresses(List.of(), unlisted);
        }
        if (!node.isArray()) {
            throw new UndecodableRecordException(whose.list + " must be an array");
        }
        List<Address> list = new ArrayList<>();
        for (JsonNode address : node) {
            list.add(new Address(
                    Json.text(address, "addressHash"),
                    Json.integer(address, "atLeast"),
                    Json.integer(address, "atMost")));
        }
        return new TopAddresses(list, unlisted);
    }

    private static JsonNode present(JsonNode object, String field) throws UndecodableRecordException {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new UndecodableRecordException(field + " is missing");
        }
        return value;
    }
}
