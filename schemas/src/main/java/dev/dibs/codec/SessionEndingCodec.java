package dev.dibs.codec;

import dev.dibs.sessions.SessionEnding;
import tools.jackson.databind.JsonNode;

/** Values of {@code dibs.session-endings}. */
public final class SessionEndingCodec {
    private static final int SCHEMA_VERSION = 1;

    private SessionEndingCodec() {}

    public static byte[] encode(SessionEnding ending) {
        return Json.object(json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeNumberProperty("issuedUntil", ending.issuedUntil());
            json.writeNumberProperty("expiresAt", ending.expiresAt());
        });
    }

    /** @throws UndecodableRecordException for anything that is not an ending; the message names the field */
    public static SessionEnding decode(byte[] value) throws UndecodableRecordException {
        JsonNode node = Json.parseObject(value);
        Json.version(SCHEMA_VERSION, Json.integer(node, "schemaVersion"));
        try {
            return new SessionEnding(Json.integer(node, "issuedUntil"), Json.integer(node, "expiresAt"));
        } catch (IllegalArgumentException e) {
            throw new UndecodableRecordException(e.getMessage(), e);
        }
    }
}
