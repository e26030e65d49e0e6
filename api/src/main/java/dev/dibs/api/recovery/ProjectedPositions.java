package dev.dibs.api.recovery;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** How far the projector has written the tickets that readers see. */
final class ProjectedPositions {
    private final MongoDatabase mongo;

    ProjectedPositions(MongoDatabase mongo) {
        this.mongo = mongo;
    }

    /**
     * Whether all records of the partition below this offset are in the projection.
     *
     * @throws RecoveryException where MongoDB does not answer
     */
    boolean hasReached(int partition, long offset) {
        MongoCollection<Document> projections = mongo.getCollection(Documents.PROJECTIONS);
        Document pointer =
                first(projections.find(eq("_id", Documents.USER_TICKETS)).first());
        String collection = pointer == null ? Documents.USER_TICKETS : pointer.getString(Projection.COLLECTION);
        Document position = first(projections
                .find(eq("_id", Documents.positionId(collection, partition)))
                .first());
        long written = position == null ? 0 : ((Number) position.get(Projection.NEXT_OFFSET)).longValue();
        return written >= offset;
    }

    private static Document first(Publisher<Document> query) {
        return Waiting.await(Mono.from(query).toFuture(), "Asking MongoDB how far the projection is");
    }
}
