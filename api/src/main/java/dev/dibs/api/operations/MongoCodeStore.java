package dev.dibs.api.operations;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Codes in MongoDB. That {@code _id} is unique is all it rests on; the embedded server has nothing else. */
final class MongoCodeStore implements CodeStore {
    /** How far each import has come; {@code _id} is activityId:importId. */
    private static final String CODE_IMPORTS = "code_imports";

    private static final String ID = "_id";
    private static final String ACTIVITY_ID = "activityId";
    private static final String IMPORT_ID = "importId";
    private static final String ROW = "row";
    private static final String GENERATION = "generation";
    private static final String STAGE = "stage";
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<Document> codes;
    private final MongoCollection<Document> fingerprints;
    private final MongoCollection<Document> imports;
    private final CodeSeal seal;
    private final CodeFingerprint keyed;

    MongoCodeStore(MongoDatabase database, CodeSeal seal, CodeFingerprint keyed) {
        this.seal = seal;
        this.keyed = keyed;
        this.codes = database.getCollection(Documents.TICKET_CODES);
        this.fingerprints = database.getCollection(Documents.CODE_FINGERPRINTS);
        this.imports = database.getCollection(CODE_IMPORTS);
    }

    @Override
    public Mono<ImportRun> begin(ActivityId activityId, ImportId importId) {
        String id = importKey(activityId, importId);
        Document first = new Document(ID, id)
                .append(ACTIVITY_ID, activityId.value())
                .append(IMPORT_ID, importId.value())
                .append(GENERATION, 1)
                .append(STAGE, ImportRun.Stage.OPEN.name());
        return Mono.from(imports.insertOne(first))
                .then()
                .onErrorResume(
                        MongoCodeStore::isDuplicate,
                        known -> Mono.from(imports.updateOne(
                                        and(eq(ID, id), eq(STAGE, ImportRun.Stage.GIVEN_UP.name())),
                                        combine(set(STAGE, ImportRun.Stage.OPEN.name()), inc(GENERATION, 1))))
                                .then())
                .then(Mono.defer(() -> Mono.from(imports.find(eq(ID, id)).first())))
                .map(found -> new ImportRun(activityId, importId, found.getInteger(GENERATION)));
    }

    @Override
    public Mono<Map<ImportRun, ImportRun.Status>> statuses(Collection<ImportRun> runs) {
        if (runs.isEmpty()) {
            return Mono.just(Map.of());
        }
        List<String> ids = runs.stream()
                .map(run -> importKey(run.activityId(), run.importId()))
                .distinct()
                .toList();
        return Flux.from(imports.find(in(ID, ids)))
                .collectMap(found -> found.getString(ID), MongoCodeStore::status)
                .map(byId -> {
                    Map<ImportRun, ImportRun.Status> statuses = new HashMap<>();
                    for (ImportRun run : runs) {
                        ImportRun.Status status = byId.get(importKey(run.activityId(), run.importId()));
                        if (status != null) {
                            statuses.put(run, status);
                        }
                    }
                    return statuses;
                });
    }

    @Override
    public Mono<Map<String, ImportRun>> owners(List<String> wanted) {
        Map<String, String> byId = new HashMap<>(4 * wanted.size());
        for (String plain : wanted) {
            byId.put(keyed.keyed(plain), plain);
            // Of a time when fingerprints had no key.
            byId.put(plain, plain);
        }
        return Flux.from(fingerprints.find(in(ID, byId.keySet())).batchSize(byId.size() + 1))
                .collect(HashMap::new, (owners, found) -> {
                    String plain = byId.get(found.getString(ID));
                    // Where both are, the keyed one is the later.
                    if (CodeFingerprint.isKeyed(found.getString(ID))) {
                        owners.put(plain, run(found));
                    } else {
                        owners.putIfAbsent(plain, run(found));
                    }
                });
    }

    @Override
    public Mono<Map<String, ImportRun>> claim(ImportRun run, int firstRow, List<String> wanted) {
        List<Document> documents = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            documents.add(fingerprint(run, firstRow + i, keyed.keyed(wanted.get(i))));
        }
        return Mono.from(fingerprints.insertMany(documents, UNORDERED))
                .thenReturn(Map.<String, ImportRun>of())
                .onErrorResume(MongoCodeStore::isDuplicate, error -> owners(taken(error, wanted)));
    }

    @Override
    public Mono<Boolean> takeOver(ImportRun run, int row, String fingerprint, ImportRun owner) {
        String id = keyed.keyed(fingerprint);
        Bson stillItsOwn = and(
                eq(ID, id),
                eq(ACTIVITY_ID, owner.activityId().value()),
                eq(IMPORT_ID, owner.importId().value()),
                eq(GENERATION, owner.generation()));
        return Mono.from(fingerprints.replaceOne(stillItsOwn, fingerprint(run, row, id)))
                .map(result -> result.getMatchedCount() == 1);
    }

    @Override
    public Mono<Void> store(ImportRun run, List<Code> rows) {
        List<Document> documents = rows.stream()
                .map(row -> new Document(ID, Documents.codeId(run.activityId(), run.importId(), row.row()))
                        .append(Documents.Code.ACTIVITY_ID, run.activityId().value())
                        .append(Documents.Code.IMPORT_ID, run.importId().value())
                        .append(Documents.Code.CODE, seal.seal(run.activityId(), row.code()))
                        .append(Documents.Code.TICKET_KIND, row.kind().value()))
                .toList();
        // The id of an import is made from its content: what is there already under this id is the same code.
        return Mono.from(codes.insertMany(documents, UNORDERED))
                .then()
                .onErrorResume(MongoCodeStore::isDuplicate, known -> Mono.empty());
    }

    @Override
    public Mono<Boolean> seal(ImportRun run) {
        Bson stillGood = and(
                eq(ID, importKey(run.activityId(), run.importId())),
                eq(GENERATION, run.generation()),
                in(STAGE, ImportRun.Stage.OPEN.name(), ImportRun.Stage.SEALED.name()));
        return Mono.from(imports.updateOne(stillGood, set(STAGE, ImportRun.Stage.SEALED.name())))
                .map(result -> result.getMatchedCount() == 1);
    }

    @Override
    public Mono<Void> giveUp(ActivityId activityId, ImportId importId) {
        Bson open = and(eq(ID, importKey(activityId, importId)), eq(STAGE, ImportRun.Stage.OPEN.name()));
        return Mono.from(imports.updateOne(open, set(STAGE, ImportRun.Stage.GIVEN_UP.name())))
                .then();
    }

    private static Document fingerprint(ImportRun run, int row, String id) {
        return new Document(ID, id)
                .append(ACTIVITY_ID, run.activityId().value())
                .append(IMPORT_ID, run.importId().value())
                .append(ROW, row)
                .append(GENERATION, run.generation());
    }

    private static ImportRun run(Document fingerprint) {
        return new ImportRun(
                new ActivityId(fingerprint.getString(ACTIVITY_ID)),
                new ImportId(fingerprint.getString(IMPORT_ID)),
                fingerprint.getInteger(GENERATION));
    }

    private static ImportRun.Status status(Document found) {
        return new ImportRun.Status(found.getInteger(GENERATION), ImportRun.Stage.valueOf(found.getString(STAGE)));
    }

    private static String importKey(ActivityId activityId, ImportId importId) {
        return activityId.value() + ":" + importId.value();
    }

    /** Which of the documents were there already. The counts of a failed bulk are not to be trusted; its errors are. */
    private static List<String> taken(Throwable error, List<String> wanted) {
        return ((MongoBulkWriteException) error)
                .getWriteErrors().stream().map(e -> wanted.get(e.getIndex())).toList();
    }

    /** Whether nothing else went wrong than that documents of these ids were there already. */
    private static boolean isDuplicate(Throwable error) {
        if (error instanceof MongoBulkWriteException bulk) {
            return bulk.getWriteConcernError() == null
                    && bulk.getWriteErrors().stream().allMatch(e -> e.getCategory() == ErrorCategory.DUPLICATE_KEY);
        }
        return error instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
