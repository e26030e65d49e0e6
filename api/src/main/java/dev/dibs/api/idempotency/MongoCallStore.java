package dev.dibs.api.idempotency;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls in MongoDB. Who begins one inserts its document, and that {@code _id} is unique decides between those who try
 * at once. Whoever takes one over replaces the document that was seen, and no other.
 */
final class MongoCallStore implements CallStore {
    private static final String ID = "_id";
    private static final String FINGERPRINT = "fingerprint";
    private static final String NONCE = "nonce";
    /** Epoch milliseconds; 0 once there is an answer, so that nobody takes over what has just been answered. */
    private static final String ALIVE_UNTIL = "aliveUntil";

    private static final String EXPIRES_AT = "expiresAt";
    private static final String STATUS = "status";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    /** Each lost race means that somebody else has begun, answered or purged the call. */
    private static final int ATTEMPTS = 5;

    private final MongoCollection<Document> calls;
    private final Duration lease;
    private final Duration kept;
    private final Clock clock;

    /**
     * @param lease after which a run that has not been heard of is taken for dead
     * @param kept how long a key stands for its call
     */
    MongoCallStore(MongoDatabase database, Duration lease, Duration kept, Clock clock) {
        this.calls = database.getCollection(Documents.OPERATOR_CALLS);
        this.lease = lease;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public Mono<Standing> begin(Run run, String fingerprint) {
        return begin(run, fingerprint, ATTEMPTS);
    }

    private Mono<Standing> begin(Run run, String fingerprint, int attempts) {
        if (attempts == 0) {
            return Mono.just(new Standing.UnderWay());
        }
        return Mono.from(calls.insertOne(document(run, fingerprint)))
                .<Standing>thenReturn(new Standing.Begun())
                .onErrorResume(
                        MongoCallStore::isDuplicate,
                        known -> Mono.from(calls.find(eq(ID, run.callId())).first())
                                .flatMap(found -> standing(run, fingerprint, found))
                                // Purged, answered or taken over since: it has to be looked at afresh.
                                .switchIfEmpty(Mono.defer(() -> begin(run, fingerprint, attempts - 1))));
    }

    /** Empty where the call has changed while it was looked at. */
    private Mono<Standing> standing(Run run, String fingerprint, Document found) {
        long now = clock.millis();
        boolean expired = found.getLong(EXPIRES_AT) <= now;
        if (!expired && !found.getString(FINGERPRINT).equals(fingerprint)) {
            return Mono.just(new Standing.OfAnother());
        }
        Integer status = found.getInteger(STATUS);
        if (!expired && status != null) {
            return Mono.just(new Standing.Answered(answer(status, found)));
        }
        if (!expired && found.getLong(ALIVE_UNTIL) > now) {
            return Mono.just(new Standing.UnderWay());
        }
        Bson asSeen = and(
                eq(ID, run.callId()), eq(NONCE, found.getString(NONCE)), eq(ALIVE_UNTIL, found.getLong(ALIVE_UNTIL)));
        return Mono.from(calls.replaceOne(asSeen, document(run, fingerprint)))
                .filter(result -> result.getMatchedCount() == 1)
                .map(taken -> new Standing.Begun());
    }

    @Override
    public Mono<Void> keepAlive(Run run) {
        // Only what is unanswered is alive; its answer must not be undone by a sign of life that comes late.
        return Mono.from(calls.updateOne(
                        and(mine(run), eq(STATUS, null)), set(ALIVE_UNTIL, clock.millis() + lease.toMillis())))
                .then();
    }

    @Override
    public Mono<Void> answered(Run run, KeptAnswer answer) {
        Bson whole = combine(
                set(STATUS, answer.status()),
                set(HEADERS, new Document(new HashMap<>(answer.headers()))),
                set(BODY, answer.isWhole() ? new Binary(answer.body()) : null),
                set(ALIVE_UNTIL, 0L));
        return Mono.from(calls.updateOne(mine(run), whole)).then();
    }

    @Override
    public Mono<Void> forget(Run run) {
        return Mono.from(calls.deleteOne(mine(run))).then();
    }

    @Override
    public Mono<Long> purge(int atMost) {
        Bson over = lte(EXPIRES_AT, clock.millis());
        return Flux.from(calls.find(over).projection(include(ID)).limit(atMost).batchSize(atMost))
                .map(found -> found.getString(ID))
                .collectList()
                // Once more by its time: a key may have been used anew since.
                .flatMap(ids -> ids.isEmpty()
                        ? Mono.just(0L)
                        : Mono.from(calls.deleteMany(and(in(ID, ids), over))).map(result -> result.getDeletedCount()));
    }

    private Document document(Run run, String fingerprint) {
        long now = clock.millis();
        return new Document(ID, run.callId())
                .append(FINGERPRINT, fingerprint)
                .append(NONCE, run.nonce())
                .append(ALIVE_UNTIL, now + lease.toMillis())
                .append(EXPIRES_AT, now + kept.toMillis());
    }

    private static Bson mine(Run run) {
        return and(eq(ID, run.callId()), eq(NONCE, run.nonce()));
    }

    private static KeptAnswer answer(int status, Document found) {
        Map<String, String> headers = new HashMap<>();
        found.get(HEADERS, Document.class).forEach((name, value) -> headers.put(name, (String) value));
        Binary body = found.get(BODY, Binary.class);
        return new KeptAnswer(status, headers, body == null ? null : body.getData());
    }

    private static boolean isDuplicate(Throwable error) {
        return error instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
