package dev.dibs.projector.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.projector.store.StoreException;
import dev.dibs.projector.store.TicketVersions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Versions as collections {@code user_tickets}, {@code user_tickets_2} …, and the pointer as one document. */
public final class MongoTicketVersions implements TicketVersions {
    private static final int DUPLICATE_KEY = 11000;
    private static final Bson POINTER = eq("_id", Documents.USER_TICKETS);
    private static final Pattern NAME = Pattern.compile(Documents.USER_TICKETS + "(_[1-9][0-9]{0,8})?");

    /** For a user's list, and for an export in the order of the sequences. */
    private static final List<IndexModel> INDEXES = List.of(
            new IndexModel(
                    Indexes.compoundIndex(
                            Indexes.ascending(UserTicket.USER_ID), Indexes.descending(UserTicket.GRABBED_AT, "_id")),
                    new IndexOptions().name("by_user")),
            new IndexModel(
                    Indexes.ascending(UserTicket.ACTIVITY_ID, UserTicket.SEQUENCE),
                    new IndexOptions().name("by_sequence")));

    private final MongoConnection mongo;

    public MongoTicketVersions(MongoConnection mongo) {
        this.mongo = mongo;
    }

    @Override
    public String current() {
        List<Document> pointer = mongo.find(Documents.PROJECTIONS, POINTER);
        return pointer.isEmpty() ? Documents.USER_TICKETS : pointer.get(0).getString(Projection.COLLECTION);
    }

    @Override
    public void prepare(String collection) {
        // Only what is missing: to MongoDB the others are no news, but FerretDB 1.24 breaks the connection over them.
        Set<String> present = new HashSet<>();
        mongo.ask(mongo.collection(collection).listIndexes().batchSize(MongoConnection.READ_AT_ONCE))
                .forEach(index -> present.add(index.getString("name")));
        List<IndexModel> missing = INDEXES.stream()
                .filter(index -> !present.contains(index.getOptions().getName()))
                .toList();
        if (!missing.isEmpty()) {
            mongo.ask(mongo.collection(collection).createIndexes(missing));
        }
    }

    @Override
    public String createNext() {
        int number =
                versions().stream().mapToInt(MongoTicketVersions::number).max().orElse(1);
        while (true) {
            String next = Documents.USER_TICKETS + "_" + ++number;
            if (create(next)) {
                // Of a version that was dropped while somebody still wrote it.
                dropPositions(next);
                prepare(next);
                return next;
            }
        }
    }

    /** Creating a collection that exists is an error, so that two rebuilds never get the same one. */
    private boolean create(String collection) {
        try {
            mongo.attempt(mongo.database().createCollection(collection));
            return true;
        } catch (MongoCommandException e) {
            // Not by its code: when two ask at the same moment, the embedded server has another one for it.
            if (versions().contains(collection)) {
                return false;
            }
            throw new StoreException(e.getMessage(), e);
        }
    }

    @Override
    public boolean switchTo(String expected, String next) {
        if (current().equals(next)) {
            // An earlier attempt got through although its answer did not come.
            return true;
        }
        // The first pointer says what its absence says.
        update(POINTER, setOnInsert(Projection.COLLECTION, Documents.USER_TICKETS), true);
        return update(and(POINTER, eq(Projection.COLLECTION, expected)), set(Projection.COLLECTION, next), false) == 1;
    }

    private long update(Bson filter, Bson change, boolean upsert) {
        try {
            List<UpdateResult> result = mongo.attempt(mongo.collection(Documents.PROJECTIONS)
                    .updateOne(filter, change, new UpdateOptions().upsert(upsert)));
            return result.get(0).getMatchedCount();
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == DUPLICATE_KEY) {
                // Somebody else inserted the pointer at the same moment.
                return 0;
            }
            throw new StoreException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> olderThan(String collection) {
        int number = number(collection);
        return versions().stream().filter(name -> number(name) < number).toList();
    }

    private List<String> versions() {
        return mongo.ask(mongo.database().listCollectionNames().batchSize(MongoConnection.READ_AT_ONCE)).stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.comparingInt(MongoTicketVersions::number))
                .toList();
    }

    private static int number(String collection) {
        return collection.equals(Documents.USER_TICKETS)
                ? 1
                : Integer.parseInt(collection.substring(Documents.USER_TICKETS.length() + 1));
    }

    @Override
    public long replacedSince(String collection, long now) {
        Bson note = eq("_id", Documents.replacedId(collection));
        // The first note counts: whoever looks again must not make the collection look younger.
        update(note, setOnInsert(Projection.REPLACED_AT, now), true);
        List<Document> found = mongo.find(Documents.PROJECTIONS, note);
        return found.isEmpty() ? now : ((Number) found.get(0).get(Projection.REPLACED_AT)).longValue();
    }

    @Override
    public void drop(String collection) {
        // In this order: a collection without positions is written anew, positions without a collection would lie. The
        // note goes last, so that whoever dies in between is finished by the next.
        dropPositions(collection);
        mongo.ask(mongo.collection(collection).drop());
        mongo.ask(mongo.collection(Documents.PROJECTIONS).deleteOne(eq("_id", Documents.replacedId(collection))));
    }

    private void dropPositions(String collection) {
        mongo.ask(mongo.collection(Documents.PROJECTIONS).deleteMany(PositionIds.of(collection)));
    }

    @Override
    public Census count(String collection) {
        long rows = mongo.ask(mongo.collection(collection).countDocuments()).get(0);
        long withoutCode = mongo.ask(mongo.collection(collection).countDocuments(exists(UserTicket.CODE, false)))
                .get(0);
        return new Census(rows, withoutCode);
    }
}
