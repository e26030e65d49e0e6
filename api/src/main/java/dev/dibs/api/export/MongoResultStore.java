package dev.dibs.api.export;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeSeal;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Tickets won, in MongoDB. */
final class MongoResultStore implements ResultStore {
    private static final String ID = "_id";
    private static final int BATCH = 500;
    /** Two batches: the server fetches one while the other is being written. This bounds the memory of an export. */
    private static final int AHEAD = 2 * BATCH;

    private static final List<String> FIELDS = List.of(
            UserTicket.SEQUENCE,
            UserTicket.USER_ID,
            UserTicket.TICKET_KIND,
            UserTicket.GRABBED_AT,
            UserTicket.OFFSET,
            UserTicket.REDEEMED_AT,
            UserTicket.REDEEMED_OFFSET,
            UserTicket.REVOKED_AT,
            UserTicket.REVOKED_OFFSET);

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
    public Flux<ResultRow> rows(RowQuery query) {
        // Walks the index {activityId, sequence}; the embedded server finds the activity by it and sorts in memory.
        return Flux.from(database.getCollection(query.collection())
                        .find(filter(query))
                        .projection(fields(query))
                        .sort(ascending(UserTicket.SEQUENCE))
                        .batchSize(BATCH))
                // What is done with a row takes longer than reading it, and the driver's threads serve buyers, too.
                .publishOn(Schedulers.boundedElastic(), AHEAD)
                .map(ticket -> row(query, ticket));
    }

    /**
     * All but the state. That is told from the row, as of the position: no index would find it, and one rule decides it.
     */
    private static Bson filter(RowQuery query) {
        ExportFilter filter = query.filter();
        List<Bson> all = new ArrayList<>(List.of(
                eq(UserTicket.ACTIVITY_ID, query.activityId().value()),
                eq(UserTicket.PARTITION, query.before().partition()),
                lt(UserTicket.OFFSET, query.before().offset())));
        if (filter.fromSequence() > 0) {
            all.add(gte(UserTicket.SEQUENCE, filter.fromSequence()));
        }
        if (query.after() != null) {
            all.add(gt(UserTicket.SEQUENCE, query.after()));
        }
        if (filter.toSequence() < ExportFilter.NO_SEQUENCE_END) {
            all.add(lt(UserTicket.SEQUENCE, filter.toSequence()));
        }
        if (filter.grabbedFrom() > 0) {
            all.add(gte(UserTicket.GRABBED_AT, filter.grabbedFrom()));
        }
        if (filter.grabbedTo() < ExportFilter.NO_TIME_END) {
            all.add(lt(UserTicket.GRABBED_AT, filter.grabbedTo()));
        }
        return and(all);
    }

    private static Bson fields(RowQuery query) {
        return query.withCodes()
                ? Projections.fields(Projections.include(FIELDS), Projections.include(UserTicket.CODE))
                : Projections.include(FIELDS);
    }

    private ResultRow row(RowQuery query, Document ticket) {
        return new ResultRow(
                (int) number(ticket, UserTicket.SEQUENCE),
                ticket.getString(ID),
                ticket.getString(UserTicket.USER_ID),
                ticket.getString(UserTicket.TICKET_KIND),
                query.withCodes() ? seal.open(query.activityId(), ticket.getString(UserTicket.CODE)) : null,
                number(ticket, UserTicket.GRABBED_AT),
                number(ticket, UserTicket.OFFSET),
                use(query.before(), ticket));
    }

    /** The ledger lets a ticket be redeemed or revoked once, so that there is at most one use. */
    private static ResultRow.Use use(LogPosition before, Document ticket) {
        ResultRow.Use redeemed =
                use(before, ticket, TicketState.REDEEMED, UserTicket.REDEEMED_AT, UserTicket.REDEEMED_OFFSET);
        return redeemed != null
                ? redeemed
                : use(before, ticket, TicketState.REVOKED, UserTicket.REVOKED_AT, UserTicket.REVOKED_OFFSET);
    }

    private static ResultRow.Use use(
            LogPosition before, Document ticket, TicketState state, String atField, String offsetField) {
        Long at = numberOrNull(ticket, atField);
        if (at == null) {
            return null;
        }
        Long offset = numberOrNull(ticket, offsetField);
        if (offset == null) {
            throw new OutdatedProjectionException(ticket.get(ID), offsetField);
        }
        return before.includes(offset) ? new ResultRow.Use(state, at, offset) : null;
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
