package dev.dibs.api.http;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The fields that every list has. */
final class Paging {
    private Paging() {}

    /** @param rows writes the objects of the list */
    static void write(
            JsonGenerator json,
            int pageNum,
            int pageSize,
            boolean hasMore,
            String lastId,
            Consumer<JsonGenerator> rows) {
        json.writeNumberProperty("pageNum", pageNum);
        json.writeBooleanProperty("hasMore", hasMore);
        json.writeNumberProperty("pageSize", pageSize);
        json.writeStringProperty("lastId", lastId);
        json.writeArrayPropertyStart("list");
        rows.accept(json);
        json.writeEndArray();
    }
}
