package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The documents that a query can find at all, where that follows from ids that it names.
 *
 * @param keys without repetitions, in the order of storage
 * @param exact whether these are the query's only condition, so that nothing is left to check: comparing each of 1000
 *     documents with each of 1000 ids took longer than finding them
 */
record IdQuery(List<DocumentKey> keys, boolean exact) {

    IdQuery {
        keys = List.copyOf(keys);
    }

    /** Empty if all documents have to be looked through. */
    static Optional<IdQuery> of(Document query, String idField) {
        if (query.containsKey(idField)) {
            Optional<IdQuery> ids = ofCondition(query.get(idField));
            if (ids.isPresent()) {
                return ids.map(found -> query.size() == 1 ? found : found.withMore());
            }
        }
        if (query.get("$and") instanceof Collection<?> conditions) {
            return conditions.stream()
                    .filter(Document.class::isInstance)
                    .flatMap(condition -> of((Document) condition, idField).stream())
                    .findFirst()
                    .map(found -> query.size() == 1 && conditions.size() == 1 ? found : found.withMore());
        }
        return Optional.empty();
    }

    private static Optional<IdQuery> ofCondition(Object condition) {
        if (!(condition instanceof Document operators)) {
            return ofValues(Collections.singletonList(condition));
        }
        Optional<IdQuery> ids = Optional.empty();
        if (operators.get("$in") instanceof Collection<?> values) {
            ids = ofValues(values);
        } else if (operators.containsKey("$eq")) {
            ids = ofValues(Collections.singletonList(operators.get("$eq")));
        }
        return ids.map(found -> operators.size() == 1 ? found : found.withMore());
    }

    private static Optional<IdQuery> ofValues(Collection<?> values) {
        if (!values.stream().allMatch(IdQuery::isPlain)) {
            return Optional.empty();
        }
        return Optional.of(new IdQuery(
                values.stream().map(DocumentKey::of).distinct().sorted().toList(), true));
    }

    /** Null also means absent, an expression means many, and a document may hold operators. */
    private static boolean isPlain(Object value) {
        return value != null
                && !(value instanceof Document
                        || value instanceof Collection
                        || value instanceof BsonRegularExpression);
    }

    private IdQuery withMore() {
        return new IdQuery(keys, false);
    }
}
