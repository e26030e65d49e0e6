package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that a query asks certain fields to be, looked for in the bytes: a scan, such as for a user's tickets, need
 * not decode what others own. See bsonspec.org for the layout.
 */
final class EqualTexts {
    private final Map<String, String> texts;
    private final List<Field> fields;

    private EqualTexts(Map<String, String> texts) {
        this.texts = texts;
        this.fields = texts.entrySet().stream()
                .map(text -> new Field(utf8(text.getKey()), utf8(text.getValue())))
                .toList();
    }

    private record Field(byte[] name, byte[] text) {}

    static EqualTexts of(Document query) {
        Map<String, String> texts = new HashMap<>();
        collect(query, texts);
        return new EqualTexts(texts);
    }

    private static void collect(Document query, Map<String, String> texts) {
        query.forEach((name, condition) -> {
            if (name.equals("$and") && condition instanceof Collection<?> conditions) {
                conditions.stream().filter(Document.class::isInstance).forEach(one -> collect((Document) one, texts));
            } else if (condition instanceof String text && !name.startsWith("$") && name.indexOf('.') < 0) {
                texts.put(name, text);
            }
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text that this field must be, or null where the query names none. */
    String of(String field) {
        return texts.get(field);
    }

    /** @return false only if the query cannot find this document */
    boolean canMatch(byte[] document) {
        for (Field field : fields) {
            if (!canMatch(document, field)) {
                return false;
            }
        }
        return true;
    }

    private static boolean canMatch(byte[] document, Field field) {
        int at = Integer.BYTES;
        while (document[at] != BsonConstants.TERMINATING_BYTE) {
            byte type = document[at];
            int name = at + 1;
            int value = name;
            while (document[value] != 0) {
                value++;
            }
            if (Arrays.equals(document, name, value, field.name, 0, field.name.length)) {
                return canBe(field.text, document, type, value + 1);
            }
            at = end(document, type, value + 1);
            if (at < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean canBe(byte[] text, byte[] document, byte type, int at) {
        if (type == BsonConstants.TYPE_UTF8_STRING) {
            int from = at + Integer.BYTES;
            return Arrays.equals(document, from, from + number(document, at) - 1, text, 0, text.length);
        }
        // An array matches if it contains the text; nothing else equals one.
        return type == BsonConstants.TYPE_ARRAY;
    }

    /** Where a value ends, or -1 for rare types. */
    private static int end(byte[] document, byte type, int at) {
        return switch (type) {
            case BsonConstants.TYPE_NULL -> at;
            case BsonConstants.TYPE_BOOLEAN -> at + 1;
            case BsonConstants.TYPE_INT32 -> at + Integer.BYTES;
            case BsonConstants.TYPE_INT64, BsonConstants.TYPE_DOUBLE, BsonConstants.TYPE_UTC_DATETIME ->
                at + Long.BYTES;
            case BsonConstants.TYPE_OBJECT_ID -> at + BsonConstants.LENGTH_OBJECTID;
            case BsonConstants.TYPE_UTF8_STRING -> at + Integer.BYTES + number(document, at);
            case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY -> at + number(document, at);
            case BsonConstants.TYPE_DATA -> at + Integer.BYTES + 1 + number(document, at);
            default -> -1;
        };
    }

    private static int number(byte[] document, int at) {
        return document[at] & 0xFF
                | (document[at + 1] & 0xFF) << 8
                | (document[at + 2] & 0xFF) << 16
                | document[at + 3] << 24;
    }
}
