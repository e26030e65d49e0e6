package dev.dibs.api.operations;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs in MongoDB, each in one document that is written as a whole. */
final class MongoImportJobs implements ImportJobs {
    private static final String ID = "_id";
    private static final String JOB = "job";
    private static final String ACTIVITY_ID = "activityId";
    private static final String IMPORT_ID = "importId";
    private static final String STARTED_AT = "startedAt";
    private static final String FINISHED_AT = "finishedAt";
    private static final ReplaceOptions ALSO_NEW = new ReplaceOptions().upsert(true);

    private final MongoCollection<Document> jobs;

    MongoImportJobs(MongoDatabase database) {
        this.jobs = database.getCollection(Documents.IMPORT_JOBS);
    }

    @Override
    public Mono<Void> save(ImportJob job) {
        Bson same = eq(ID, key(job));
        if (job.stage().isLast()) {
            return Mono.from(jobs.replaceOne(same, document(job), ALSO_NEW))
                    .then(Mono.defer(() -> forgetOldest(job.activityId())));
        }
        // Where it has ended there is no such document to replace, and another of its id cannot be made.
        return Mono.from(jobs.replaceOne(and(same, eq(FINISHED_AT, 0L)), document(job), ALSO_NEW))
                .then()
                .onErrorResume(
                        error -> error instanceof MongoWriteException write
                                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY,
                        ended -> Mono.empty());
    }

    private Mono<Void> forgetOldest(ActivityId activityId) {
        return Flux.from(jobs.find(eq(ACTIVITY_ID, activityId.value()))
                        .projection(Projections.include(ID))
                        .sort(Sorts.descending(STARTED_AT, ID))
                        .skip(KEPT))
                .map(found -> found.getString(ID))
                .collectList()
                .flatMap(ids -> ids.isEmpty()
                        ? Mono.empty()
                        : Mono.from(jobs.deleteMany(in(ID, ids))).then());
    }

    @Override
    public Mono<List<ImportJob>> of(ActivityId activityId) {
        return Flux.from(latest(eq(ACTIVITY_ID, activityId.value()), KEPT))
                .map(MongoImportJobs::job)
                .collectList();
    }

    @Override
    public Mono<ImportJob> find(ActivityId activityId, String name) {
        Bson named = and(eq(ACTIVITY_ID, activityId.value()), or(eq(JOB, name), eq(IMPORT_ID, name)));
        return Flux.from(latest(named, 1)).next().map(MongoImportJobs::job);
    }

    private org.reactivestreams.Publisher<Document> latest(Bson filter, int atMost) {
        return jobs.find(filter)
                .sort(Sorts.descending(STARTED_AT, ID))
                .limit(atMost)
                .batchSize(atMost + 1);
    }

    private static String key(ImportJob job) {
        return job.activityId().value() + ":" + job.job();
    }

    private static Document document(ImportJob job) {
        ImportJob.Counts counts = job.counts();
        ImportJob.Result result = job.result();
        ImportReport report = result.report();
        return new Document(ID, key(job))
                .append(JOB, job.job())
                .append(ACTIVITY_ID, job.activityId().value())
                .append(
                        IMPORT_ID,
                        job.importId() == null ? null : job.importId().value())
                .append("stage", job.stage().name())
                .append("bytes", counts.bytes())
                .append("bytesExpected", counts.bytesExpected())
                .append("rows", counts.rows())
                .append("read", counts.read())
                .append("compared", counts.compared())
                .append("claimed", counts.claimed())
                .append("stored", counts.stored())
                .append(STARTED_AT, job.startedAt())
                .append("updatedAt", job.updatedAt())
                .append(FINISHED_AT, job.finishedAt())
                .append(
                        "report",
                        report == null
                                ? null
                                : new Document("from", report.from())
                                        .append("to", report.to())
                                        .append("added", report.added()))
                .append("problem", result.problem())
                .append("detail", result.detail())
                .append("badRows", result.badRows())
                .append(
                        "errors",
                        result.errors().stream()
                                .map(error -> new Document("row", error.row())
                                        .append("column", error.column())
                                        .append("message", error.message()))
                                .toList());
    }

    private static ImportJob job(Document found) {
        String importId = found.getString(IMPORT_ID);
        Document report = found.get("report", Document.class);
        List<BadRow> errors = found.getList("errors", Document.class).stream()
                .map(error -> new BadRow(error.getLong("row"), error.getString("column"), error.getString("message")))
                .toList();
        return new ImportJob(
                found.getString(JOB),
                new ActivityId(found.getString(ACTIVITY_ID)),
                importId == null ? null : new ImportId(importId),
                ImportJob.Stage.valueOf(found.getString("stage")),
                new ImportJob.Counts(
                        found.getLong("bytes"),
                        found.getLong("bytesExpected"),
                        found.getInteger("rows"),
                        found.getInteger("read"),
                        found.getInteger("compared"),
                        found.getInteger("claimed"),
                        found.getInteger("stored")),
                new ImportJob.Result(
                        report == null
                                ? null
                                : new ImportReport(
                                        new ImportId(importId),
                                        report.getInteger("from"),
                                        report.getInteger("to"),
                                        report.getBoolean("added")),
                        found.getString("problem"),
                        found.getString("detail"),
                        found.getLong("badRows"),
                        errors),
                found.getLong(STARTED_AT),
                found.getLong("updatedAt"),
                found.getLong(FINISHED_AT));
    }
}
