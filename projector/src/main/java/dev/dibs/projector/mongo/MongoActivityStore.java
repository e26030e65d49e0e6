package dev.dibs.projector.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.documents.Documents;
import dev.dibs.projector.store.ActivityStore;
import dev.dibs.projector.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;

/** Activities and kinds of tickets as documents with the field names of their topic. */
public final class MongoActivityStore implements ActivityStore {
    private static final int DUPLICATE_KEY = 11000;
    private static final String ID = "_id";
    private static final String ACTIVITY_ID = "activityId";
    private static final String VERSION = "version";

    private final MongoConnection mongo;

    public MongoActivityStore(MongoConnection mongo) {
        this.mongo = mongo;
    }

    @Override
    public void write(Collection<Activity> activities) {
        List<WriteModel<Document>> documents = new ArrayList<>();
        List<WriteModel<Document>> tickets = new ArrayList<>();
        List<WriteModel<Document>> gone = new ArrayList<>();
        for (Activity activity : activities) {
            documents.add(replacement(document(activity)));
            activity.tickets().forEach(ticket -> tickets.add(replacement(document(activity, ticket))));
            // What is still of an older version now is a kind that the newer one does not have.
            gone.add(new DeleteManyModel<>(
                    and(eq(ACTIVITY_ID, activity.activityId().value()), lt(VERSION, activity.version()))));
        }
        write(Documents.TICKETS, tickets);
        write(Documents.TICKETS, gone);
        write(Documents.ACTIVITIES, documents);
    }

    /**
     * Replaces the document unless it is newer. Where it is, the filter finds nothing, and the insert that follows
     * from that fails on its {@code _id}, which is the answer wanted.
     */
    private static WriteModel<Document> replacement(Document document) {
        return new ReplaceOneModel<>(
                and(eq(ID, document.get(ID)), lte(VERSION, document.getLong(VERSION))),
                document,
                new ReplaceOptions().upsert(true));
    }

    private void write(String collection, List<WriteModel<Document>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        try {
            mongo.attempt(mongo.collection(collection).bulkWrite(writes, new BulkWriteOptions().ordered(false)));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw new StoreException(e.getMessage(), e);
            }
        } catch (MongoException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    private static Document document(Activity activity) {
        return new Document(ID, activity.activityId().value())
                .append("name", activity.name())
                .append("description", activity.description())
                .append("image", activity.image())
                .append("startTime", activity.startTime())
                .append("endTime", activity.endTime())
                .append("limitPerUser", activity.limitPerUser())
                .append("requiredRole", activity.requiredRole())
                .append("state", activity.state().name())
                .append(VERSION, activity.version())
                .append("logStart", activity.logStart());
    }

    private static Document document(Activity activity, TicketType ticket) {
        return new Document(
                        ID, activity.activityId().value() + ":" + ticket.kind().value())
                .append(ACTIVITY_ID, activity.activityId().value())
                .append("ticketKind", ticket.kind().value())
                .append("name", ticket.name())
                .append("description", ticket.description())
                .append("image", ticket.image())
                .append("startTime", ticket.startTime())
                .append("endTime", ticket.endTime())
                .append(VERSION, activity.version());
    }
}
