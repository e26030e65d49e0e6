package dev.dibs.projector.mongo;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Code;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.TicketId;
import dev.dibs.projector.store.Grant;
import dev.dibs.projector.store.RefusedRow;
import dev.dibs.projector.store.StoreException;
import dev.dibs.projector.store.TicketBatch;
import dev.dibs.projector.store.TicketChange;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;

/** Tickets by upserts of only the fields that a change speaks of, in unordered bulk writes. */
public final class MongoTicketStore implements TicketStore {
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    /**
     * A larger batch goes in several writes: what cannot be done within the time limit of one would be tried again for
     * ever, and a slow server (FerretDB on SQLite: some milliseconds per row) takes long for thousands.
     */
    private static final int ROWS_AT_ONCE = 1_000;

    private final MongoConnection mongo;

    public MongoTicketStore(MongoConnection mongo) {
        this.mongo = mongo;
    }

    @Override
    public WriteOutcome write(String collection, TicketBatch batch) {
        List<TicketId> withoutCode = new ArrayList<>();
        List<RefusedRow> refused = new ArrayList<>();
        List<TicketChange> changes = List.copyOf(batch.changes());
        for (int from = 0; from < changes.size(); from += ROWS_AT_ONCE) {
            List<TicketChange> part = changes.subList(from, Math.min(from + ROWS_AT_ONCE, changes.size()));
            Map<String, String> codes = codes(part);
            List<WriteModel<Document>> updates = new ArrayList<>(part.size());
            for (TicketChange change : part) {
                String code =
                        change.grant() == null ? null : codes.get(change.grant().codeId());
                if (change.grant() != null && code == null) {
                    withoutCode.add(change.ticketId());
                }
                updates.add(update(change.ticketId().toString(), fields(change, code)));
            }
            refused.addAll(bulk(collection, updates, part));
        }
        return new WriteOutcome(withoutCode, refused);
    }

    /** What was refused, by the errors listed: the embedded server counts wrongly what it has inserted. */
    private List<RefusedRow> bulk(String collection, List<WriteModel<Document>> updates, List<TicketChange> order) {
        try {
            mongo.attempt(mongo.collection(collection).bulkWrite(updates, UNORDERED));
            return List.of();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> ServerTrouble.isCode(error.getCode()))) {
                throw new StoreException(e.getMessage(), e);
            }
            return e.getWriteErrors().stream()
                    .map(error -> new RefusedRow(order.get(error.getIndex()).ticketId(), describe(error)))
                    .toList();
        } catch (MongoException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    private static String describe(BulkWriteError error) {
        return error.getCode() + " " + error.getMessage();
    }

    private Map<String, String> codes(List<TicketChange> changes) {
        List<String> ids = changes.stream()
                .map(TicketChange::grant)
                .filter(Objects::nonNull)
                .map(Grant::codeId)
                .toList();
        Map<String, String> codes = new HashMap<>();
        if (!ids.isEmpty()) {
            mongo.find(Documents.TICKET_CODES, in("_id", ids))
                    .forEach(found -> codes.put(found.getString("_id"), found.getString(Code.CODE)));
        }
        return codes;
    }

    private static Document fields(TicketChange change, String code) {
        Document fields = new Document();
        if (change.grant() != null) {
            Grant grant = change.grant();
            fields.append(UserTicket.USER_ID, grant.userId().value())
                    .append(UserTicket.ACTIVITY_ID, grant.activityId().value())
                    .append(UserTicket.SEQUENCE, grant.sequence())
                    .append(UserTicket.TICKET_KIND, grant.ticketKind().value())
                    .append(UserTicket.GRABBED_AT, grant.grabbedAt())
                    .append(UserTicket.REQUEST, grant.request().text())
                    .append(UserTicket.PARTITION, grant.partition())
                    .append(UserTicket.OFFSET, grant.offset());
        }
        if (code != null) {
            fields.append(UserTicket.CODE, code);
        }
        if (change.redeemed() != null) {
            fields.append(UserTicket.REDEEMED_AT, change.redeemed().at())
                    .append(UserTicket.REDEEMED_OFFSET, change.redeemed().offset());
        }
        if (change.revoked() != null) {
            fields.append(UserTicket.REVOKED_AT, change.revoked().at())
                    .append(UserTicket.REVOKED_OFFSET, change.revoked().offset());
        }
        return fields;
    }

    private static WriteModel<Document> update(String id, Document fields) {
        return new UpdateOneModel<>(eq("_id", id), new Document("$set", fields), UPSERT);
    }

    @Override
    public Map<Integer, Long> positions(String collection) {
        List<Document> found = mongo.find(Documents.PROJECTIONS, PositionIds.of(collection));
        Map<Integer, Long> positions = new TreeMap<>();
        for (Document position : found) {
            int partition = Integer.parseInt(position.getString("_id").substring(collection.length() + 1));
            positions.put(partition, ((Number) position.get(Projection.NEXT_OFFSET)).longValue());
        }
        return positions;
    }

    @Override
    public void advance(String collection, Map<Integer, Long> nextOffsets) {
        if (nextOffsets.isEmpty()) {
            return;
        }
        List<WriteModel<Document>> updates = new ArrayList<>();
        nextOffsets.forEach((partition, next) -> updates.add(new UpdateOneModel<>(
                eq("_id", Documents.positionId(collection, partition)),
                // $max, for a write that was given up and arrives late must not take a position back.
                new Document("$max", new Document(Projection.NEXT_OFFSET, next)),
                UPSERT)));
        mongo.ask(mongo.collection(Documents.PROJECTIONS).bulkWrite(updates, UNORDERED));
    }
}
