package dev.dibs.api.export;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeSeal;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tickets won, in MongoDB. */
final class MongoResultStore implements ResultStore {
    private static final String ID = "_id";
    private static final int BATCH = 500;

    private final MongoDatabase database;
    private final CodeSeal seal;

    MongoResultStore(MongoDatabase database, CodeSeal seal) {
        this.seal = seal;
        this.database = database;
    }

    @Override
    public Mono<Projected> projected(int partition) {
        MongoCollection<Document> projections = database.getCollection(Documents.PROJECTIONS);
        return Mono.from(projections.find(eq(ID, Documents.USER_TICKETS)).first())
                .mapNotNull(pointer -> pointer.getString(Projection.COLLECTION))
                .defaultIfEmpty(Documents.USER_TICKETS)
                .flatMap(collection -> Mono.from(projections
                                .find(eq(ID, Documents.positionId(collection, partition)))
                                .first())
                        .map(position -> number(position, Projection.NEXT_OFFSET))
                        .defaultIfEmpty(0L)
                        .map(next -> new Projected(collection, next)));
    }

    @Override
    public Flux<ResultRow> rows(String collection, ActivityId activityId, LogPosition before) {
        // Walks the index {activityId, sequence}; the embedded server finds the activity by it and sorts in memory.
        return Flux.from(database.getCollection(collection)
                        .find(and(
                                eq(UserTicket.ACTIVITY_ID, activityId.value()),
                                eq(UserTicket.PARTITION, before.partition()),
                                lt(UserTicket.OFFSET, before.offset())))
                        .sort(ascending(UserTicket.SEQUENCE))
                        .batchSize(BATCH))
                .map(ticket -> row(activityId, ticket));
    }

    private ResultRow row(ActivityId activityId, Document ticket) {
        return new ResultRow(
                (int) number(ticket, UserTicket.SEQUENCE),
                ticket.getString(ID),
                ticket.getString(UserTicket.USER_ID),
                ticket.getString(UserTicket.TICKET_KIND),
                seal.open(activityId, ticket.getString(UserTicket.CODE)),
                number(ticket, UserTicket.GRABBED_AT),
                numberOrNull(ticket, UserTicket.REDEEMED_AT),
                numberOrNull(ticket, UserTicket.REVOKED_AT));
    }

    private static long number(Document document, String field) {
        Long number = numberOrNull(document, field);
        if (number == null) {
            throw new IllegalStateException("document " + document.get(ID) + " has no " + field);
        }
        return number;
    }

    private static Long numberOrNull(Document document, String field) {
        return document.get(field) instanceof Number number ? (Long) number.longValue() : null;
    }
}
