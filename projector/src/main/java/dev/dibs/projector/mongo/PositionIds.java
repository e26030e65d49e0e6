package dev.dibs.projector.mongo;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;

/** Finds the positions of one collection by a range of {@code _id}: the embedded server has no other index. */
final class PositionIds {
    private PositionIds() {}

    static Bson of(String collection) {
        // ';' is the character after ':', which stands between collection and partition.
        return Filters.and(Filters.gte("_id", collection + ":"), Filters.lt("_id", collection + ";"));
    }
}
