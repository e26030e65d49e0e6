package dev.dibs.exports;

import static dev.dibs.codec.Json.integer;
import static dev.dibs.codec.Json.text;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.exports.ExportManifest.StoredFile;
import dev.dibs.ids.ActivityId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Manifests as JSON. Of the filters only those are written that leave something out. */
public final class ExportManifestCodec {
    private static final String STATE = "state";
    private static final String FROM_SEQUENCE = "fromSequence";
    private static final String TO_SEQUENCE = "toSequence";
    private static final String GRABBED_FROM = "grabbedFrom";
    private static final String GRABBED_TO = "grabbedTo";
    private static final String AFTER = "after";
    private static final String FILE = "file";

    private ExportManifestCodec() {}

    public static byte[] encode(ExportManifest manifest) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", ExportManifest.SCHEMA_VERSION);
            json.writeStringProperty("activityId", manifest.activityId().value());
            json.writeStringProperty("position", manifest.position().toString());
            json.writeArrayPropertyStart("columns");
            manifest.layout().columns().forEach(column -> json.writeString(column.label()));
            json.writeEndArray();
            json.writeBooleanProperty("bom", manifest.layout().bom());
            json.writeBooleanProperty("formulaSafe", manifest.layout().formulaSafe());
            write(json, manifest.filter());
            if (manifest.after() != null) {
                json.writeNumberProperty(AFTER, manifest.after());
            }
            json.writeBooleanProperty("complete", manifest.complete());
            json.writeNumberProperty("rows", manifest.rows());
            json.writeNumberProperty("bytes", manifest.bytes());
            json.writeStringProperty("sha256", manifest.sha256());
            if (manifest.file() != null) {
                write(json, manifest.file());
            }
        });
    }

    private static void write(JsonGenerator json, ExportFilter filter) {
        json.writeObjectPropertyStart("filters");
        if (!filter.hasAllStates()) {
            json.writeArrayPropertyStart(STATE);
            for (TicketState state : TicketState.values()) {
                if (filter.states().contains(state)) {
                    json.writeString(state.label());
                }
            }
            json.writeEndArray();
        }
        number(json, FROM_SEQUENCE, filter.fromSequence(), 0);
        number(json, TO_SEQUENCE, filter.toSequence(), ExportFilter.NO_SEQUENCE_END);
        number(json, GRABBED_FROM, filter.grabbedFrom(), 0);
        number(json, GRABBED_TO, filter.grabbedTo(), ExportFilter.NO_TIME_END);
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String field, long value, long unbounded) {
        if (value != unbounded) {
            json.writeNumberProperty(field, value);
        }
    }

    private static void write(JsonGenerator json, StoredFile file) {
        json.writeObjectPropertyStart(FILE);
        json.writeStringProperty("name", file.name());
        json.writeStringProperty("format", file.format());
        json.writeNumberProperty("bytes", file.bytes());
        json.writeStringProperty("sha256", file.sha256());
        json.writeEndObject();
    }

    /** @throws UndecodableRecordException for anything that is not a manifest; the message says why */
    public static ExportManifest decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        Json.version(ExportManifest.SCHEMA_VERSION, integer(node, "schemaVersion"));
        try {
            return new ExportManifest(
                    Json.parsed(node, "activityId", ActivityId::new),
                    Json.parsed(node, "position", LogPosition::parse),
                    new ExportLayout(columns(node), flag(node, "bom"), flag(node, "formulaSafe")),
                    filter(node.path("filters")),
                    node.has(AFTER) ? (Integer) Json.int32(node, AFTER) : null,
                    integer(node, "rows"),
                    integer(node, "bytes"),
                    text(node, "sha256"),
                    node.has(FILE) ? file(node.get(FILE)) : null);
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static List<ExportColumn> columns(JsonNode node) {
        List<ExportColumn> columns = new ArrayList<>();
        node.path("columns").forEach(label -> columns.add(ExportColumn.of(label.asString(""))));
        return columns;
    }

    private static ExportFilter filter(JsonNode filters) throws UndecodableRecordException {
        return new ExportFilter(
                states(filters),
                (int) number(filters, FROM_SEQUENCE, 0),
                (int) number(filters, TO_SEQUENCE, ExportFilter.NO_SEQUENCE_END),
                number(filters, GRABBED_FROM, 0),
                number(filters, GRABBED_TO, ExportFilter.NO_TIME_END));
    }

    private static Set<TicketState> states(JsonNode filters) {
        if (!filters.has(STATE)) {
            return EnumSet.allOf(TicketState.class);
        }
        Set<TicketState> states = EnumSet.noneOf(TicketState.class);
        filters.get(STATE).forEach(label -> states.add(TicketState.of(label.asString(""))));
        return states;
    }

    private static long number(JsonNode filters, String field, long unbounded) throws UndecodableRecordException {
        return filters.has(field) ? integer(filters, field) : unbounded;
    }

    private static boolean flag(JsonNode node, String field) throws UndecodableRecordException {
        JsonNode value = node.path(field);
        if (!value.isBoolean()) {
            throw new UndecodableRecordException(field + " must be true or false");
        }
        return value.booleanValue();
    }

    private static StoredFile file(JsonNode node) throws UndecodableRecordException {
        return new StoredFile(text(node, "name"), text(node, "format"), integer(node, "bytes"), text(node, "sha256"));
    }
}
