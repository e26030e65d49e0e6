package dev.dibs.projector.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
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
        if (activities.isEmpty()) {
            return;
        }
        List<Document> documents = new ArrayList<>();
        List<Document> tickets = new ArrayList<>();
        List<WriteModel<Document>> gone = new ArrayList<>();
        for (Activity activity : activities) {
            documents.add(document(activity));
            activity.tickets().forEach(ticket -> tickets.add(document(activity, ticket)));
            // What is still of an older version afterwards is a kind that the newer one does not have.
            gone.add(new DeleteManyModel<>(
                    and(eq(ACTIVITY_ID, activity.activityId().value()), lt(VERSION, activity.version()))));
        }
        insertMissing(Documents.TICKETS, tickets);
        replaceOlder(Documents.TICKETS, tickets);
        mongo.ask(mongo.collection(Documents.TICKETS).bulkWrite(gone));
        insertMissing(Documents.ACTIVITIES, documents);
        replaceOlder(Documents.ACTIVITIES, documents);
    }

    /** In two steps and not by upserts: those would fail where a newer one stands, and FerretDB cannot report that. */
    private void insertMissing(String collection, List<Document> documents) {
        try {
            mongo.attempt(mongo.collection(collection).insertMany(documents, new InsertManyOptions().ordered(false)));
        } catch (MongoBulkWriteException e) {
            // Those that are there already are refused by their _id.
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                throw new StoreException(e.getMessage(), e);
            }
        } catch (MongoException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    private void replaceOlder(String collection, List<Document> documents) {
        List<WriteModel<Document>> replacements = new ArrayList<>();
        for (Document document : documents) {
            replacements.add(new ReplaceOneModel<>(
                    and(eq(ID, document.get(ID)), lte(VERSION, document.getLong(VERSION))), document));
        }
        mongo.ask(mongo.collection(collection).bulkWrite(replacements, new BulkWriteOptions().ordered(false)));
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
