package dev.dibs.api.codes;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Goes through all stored codes, a batch at a time, and seals with the current key what is plain or sealed with an
 * older one; plain fingerprints become keyed ones. Each batch may be repeated, and everything goes on meanwhile: all
 * readers take a code in any of these forms.
 */
final class Resealing {
    private static final String ID = "_id";
    /** Both collections have the code under the same name. */
    private static final String CODE = Documents.Code.CODE;
    /** Behind all hexadecimal digits, and before the mark of keyed fingerprints. */
    private static final String BEHIND_PLAIN = "g";

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoDatabase database;
    private final CodeSeal seal;
    private final CodeFingerprint keyed;
    private final int batch;

    Resealing(MongoDatabase database, CodeSeal seal, CodeFingerprint keyed, int batch) {
        this.database = database;
        this.seal = seal;
        this.keyed = keyed;
        this.batch = batch;
    }

    /** The collections in their order: the projector copies from the first to the second. */
    enum Stage {
        CODES,
        TICKETS,
        FINGERPRINTS
    }

    /** Where a batch begins: behind this id of this collection. */
    record Place(Stage stage, String after) {
        static final Place START = new Place(Stage.CODES, "");

        /** Null behind the last collection. */
        Place nextStage() {
            return stage == Stage.FINGERPRINTS ? null : new Place(Stage.values()[stage.ordinal() + 1], "");
        }
    }

    /**
     * What a batch has done.
     *
     * @param unreadable codes whose key is not configured here; they stay as they are
     * @param next where the next batch begins, null behind the last one
     */
    record Done(int looked, int changed, int unreadable, Place next) {}

    Mono<Done> batch(Place place) {
        return switch (place.stage()) {
            case CODES ->
                codes(
                        Mono.just(Documents.TICKET_CODES),
                        place,
                        row -> row.getString(ID).split(":", 2)[0]);
            case TICKETS -> codes(currentTickets(), place, row -> row.getString(Documents.UserTicket.ACTIVITY_ID));
            case FINGERPRINTS -> fingerprints(place);
        };
    }

    private Mono<String> currentTickets() {
        return Mono.from(database.getCollection(Documents.PROJECTIONS)
                        .find(eq(ID, Documents.USER_TICKETS))
                        .first())
                .mapNotNull(pointer -> pointer.getString(Documents.Projection.COLLECTION))
                .defaultIfEmpty(Documents.USER_TICKETS);
    }

    private Mono<Done> codes(Mono<String> collection, Place place, Function<Document, String> activityOf) {
        return collection.flatMap(name -> rows(name, gt(ID, place.after())).flatMap(rows -> {
            List<WriteModel<Document>> updates = new ArrayList<>();
            int unreadable = 0;
            for (Document row : rows) {
                String stored = row.getString(CODE);
                String activity = activityOf.apply(row);
                if (stored == null || activity == null || seal.isCurrent(stored)) {
                    continue;
                }
                try {
                    ActivityId activityId = new ActivityId(activity);
                    String fresh = seal.seal(activityId, seal.open(activityId, stored));
                    updates.add(new UpdateOneModel<>(
                            and(eq(ID, row.getString(ID)), eq(CODE, stored)), Updates.set(CODE, fresh)));
                } catch (UnreadableCodeException e) {
                    unreadable++;
                }
            }
            Done done = new Done(rows.size(), updates.size(), unreadable, next(place, rows));
            return updates.isEmpty()
                    ? Mono.just(done)
                    : Mono.from(database.getCollection(name).bulkWrite(updates, UNORDERED))
                            .thenReturn(done);
        }));
    }

    private Mono<Done> fingerprints(Place place) {
        return rows(Documents.CODE_FINGERPRINTS, and(gt(ID, place.after()), lt(ID, BEHIND_PLAIN)))
                .flatMap(rows -> {
                    List<Document> fresh = new ArrayList<>(rows.size());
                    List<String> plain = new ArrayList<>(rows.size());
                    for (Document row : rows) {
                        plain.add(row.getString(ID));
                        fresh.add(new Document(row).append(ID, keyed.keyed(row.getString(ID))));
                    }
                    Done done = new Done(rows.size(), rows.size(), 0, next(place, rows));
                    return rows.isEmpty()
                            ? Mono.just(done)
                            : insert(fresh)
                                    .then(Mono.from(database.getCollection(Documents.CODE_FINGERPRINTS)
                                            .deleteMany(in(ID, plain))))
                                    .thenReturn(done);
                });
    }

    /** What is there under the keyed fingerprint already is of an import that came later, and stays. */
    private Mono<Void> insert(List<Document> documents) {
        return Mono.from(database.getCollection(Documents.CODE_FINGERPRINTS)
                        .insertMany(documents, new InsertManyOptions().ordered(false)))
                .then()
                .onErrorResume(Resealing::isDuplicate, known -> Mono.empty());
    }

    private static boolean isDuplicate(Throwable error) {
        return error instanceof MongoBulkWriteException bulk
                && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(e -> e.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private Mono<List<Document>> rows(String collection, Bson filter) {
        return Flux.from(database.getCollection(collection)
                        .find(filter)
                        .sort(Sorts.ascending(ID))
                        .limit(batch))
                .collectList();
    }

    private Place next(Place place, List<Document> rows) {
        return rows.size() < batch
                ? place.nextStage()
                : new Place(place.stage(), rows.get(rows.size() - 1).getString(ID));
    }
}
