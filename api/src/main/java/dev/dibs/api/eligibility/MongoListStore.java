package dev.dibs.api.eligibility;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.EligibilityChunk;
import dev.dibs.ids.ActivityId;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lists in MongoDB: fingerprints in order, in chunks, so that a million accounts are 250 documents. */
final class MongoListStore implements ListStore {
    static final int CHUNK_ACCOUNTS = 4_096;

    private static final String ID = "_id";
    /** A megabyte on its way at a time. */
    private static final int BATCH = 16;

    private static final int WRITES_AT_ONCE = 4;
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoCollection<Document> chunks;

    MongoListStore(MongoDatabase database) {
        this.chunks = database.getCollection(Documents.ELIGIBILITY_LISTS);
    }

    @Override
    public Mono<Void> write(ActivityId activityId, String list, AccountSet accounts) {
        return Flux.range(0, chunkCount(accounts.size()))
                .flatMap(
                        chunk -> {
                            Document document = chunk(activityId, list, accounts, chunk);
                            return Mono.from(chunks.replaceOne(eq(ID, document.getString(ID)), document, UPSERT));
                        },
                        WRITES_AT_ONCE)
                .then();
    }

    private static Document chunk(ActivityId activityId, String list, AccountSet accounts, int chunk) {
        int from = chunk * CHUNK_ACCOUNTS;
        int to = Math.min(from + CHUNK_ACCOUNTS, accounts.size());
        return new Document(ID, Documents.eligibilityChunkId(activityId, list, chunk))
                .append(EligibilityChunk.ACCOUNTS, accounts.size())
                .append(EligibilityChunk.FINGERPRINTS, new Binary(accounts.bytes(from, to)));
    }

    @Override
    public Mono<Integer> size(ActivityId activityId, String list) {
        return Mono.from(chunks.find(eq(ID, Documents.eligibilityChunkId(activityId, list, 0)))
                        .projection(Projections.include(EligibilityChunk.ACCOUNTS))
                        .first())
                .map(chunk -> chunk.getInteger(EligibilityChunk.ACCOUNTS));
    }

    @Override
    public Mono<AccountSet> read(ActivityId activityId, String list) {
        return size(activityId, list)
                .switchIfEmpty(Mono.error(() -> new LostListException(activityId, list)))
                .flatMap(size -> {
                    long[] halves = new long[2 * size];
                    return batches(activityId, list, size)
                            .concatMap(ids -> Flux.from(chunks.find(in(ID, ids)))
                                    .doOnNext(chunk -> copy(chunk, halves))
                                    .then())
                            .then(Mono.fromCallable(() -> new AccountSet(halves))
                                    .subscribeOn(Schedulers.boundedElastic()))
                            .filter(accounts -> accounts.hash().equals(ListName.hash(list)))
                            .switchIfEmpty(Mono.error(() -> new LostListException(activityId, list)));
                });
    }

    /** To its place: the server may answer a batch in any order. What is missing stays zero, and the hash tells. */
    private static void copy(Document chunk, long[] halves) {
        String id = chunk.getString(ID);
        int at = 2 * CHUNK_ACCOUNTS * Integer.parseInt(id.substring(id.lastIndexOf(':') + 1));
        byte[] bytes = chunk.get(EligibilityChunk.FINGERPRINTS, Binary.class).getData();
        ByteBuffer.wrap(bytes).asLongBuffer().get(halves, at, Math.min(bytes.length / Long.BYTES, halves.length - at));
    }

    @Override
    public Mono<Void> delete(ActivityId activityId, String list) {
        return size(activityId, list)
                // The first chunk goes last: with it goes the knowledge of how many there are.
                .flatMapMany(
                        size -> batches(activityId, list, size).collectList().flatMapIterable(batches -> {
                            Collections.reverse(batches);
                            return batches;
                        }))
                .concatMap(ids -> chunks.deleteMany(in(ID, ids)))
                .then();
    }

    private static Flux<List<String>> batches(ActivityId activityId, String list, int size) {
        return Flux.fromStream(IntStream.range(0, chunkCount(size))
                        .mapToObj(chunk -> Documents.eligibilityChunkId(activityId, list, chunk)))
                .buffer(BATCH);
    }

    /** An empty list is a chunk too, so that it is told from one that is lost. */
    private static int chunkCount(int accounts) {
        return Math.max(1, (accounts + CHUNK_ACCOUNTS - 1) / CHUNK_ACCOUNTS);
    }
}
