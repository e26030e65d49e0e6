package dev.dibs.codec;

import dev.dibs.blocks.Block;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.blocks}. */
public final class BlockCodec {
    private static final int SCHEMA_VERSION = 1;

    private BlockCodec() {}

    public static byte[] encode(Block block) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("kind", block.kind().label());
            json.writeStringProperty("subject", block.subject());
            json.writeStringProperty("origin", block.origin().label());
            json.writeStringProperty("by", block.by());
            json.writeStringProperty("reason", block.reason());
            json.writeNumberProperty("blockedAt", block.blockedAt());
            json.writeNumberProperty("until", block.until());
        });
    }

    /** @throws UndecodableRecordException for anything that is not a block; the message names the field */
    public static Block decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        Json.version(SCHEMA_VERSION, Json.integer(node, "schemaVersion"));
        Block.Kind kind = Json.parsed(node, "kind", oneOf(Block.Kind.values(), Block.Kind::label));
        Block.Origin origin = Json.parsed(node, "origin", oneOf(Block.Origin.values(), Block.Origin::label));
        try {
            return new Block(
                    kind,
                    Json.text(node, "subject"),
                    origin,
                    Json.text(node, "by"),
                    Json.text(node, "reason"),
                    Json.integer(node, "blockedAt"),
                    Json.integer(node, "until"));
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }

    private static <T> Function<String, T> oneOf(T[] values, Function<T, String> label) {
        return text -> Arrays.stream(values)
                .filter(value -> label.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not known"));
    }
}
