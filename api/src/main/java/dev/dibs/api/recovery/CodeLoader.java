package dev.dibs.api.recovery;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.tickets.RedisCodeFormat;
import dev.dibs.api.tickets.StoredTicketCodes;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** Copies the codes of an activity from MongoDB into Redis, a batch at a time. */
final class CodeLoader {
    private static final int BATCH = 1_000;

    private final RedisClusterAsyncCommands<String, String> redis;
    private final MongoDatabase mongo;
    private final CodeSeal seal;

    CodeLoader(RedisClusterAsyncCommands<String, String> redis, MongoDatabase mongo, CodeSeal seal) {
        this.redis = redis;
        this.mongo = mongo;
        this.seal = seal;
    }

    /**
     * Copies the codes of the sequences [from, to).
     *
     * @param key of the hash they go to
     * @param progress is told of each batch
     * @throws RecoveryException where a code is missing in MongoDB, or a server does not answer
     */
    void load(ActivityId activityId, MemoryActivityAccount account, int from, int to, String key, Runnable progress) {
        int sequence = from;
        while (sequence < to) {
            StockRange range = account.range(sequence);
            int end = Math.min(Math.min(range.to(), to), sequence + BATCH);
            Map<String, String> codes = read(activityId, range, sequence, end);
            if (codes.size() != end - sequence) {
                throw new RecoveryException("MongoDB lacks " + (end - sequence - codes.size()) + " codes of activity "
                        + activityId + " among sequences " + sequence + " to " + (end - 1) + " of import "
                        + range.importId() + "; restore the collection " + Documents.TICKET_CODES + " from a backup");
            }
            Waiting.await(redis.hset(key, codes), "Writing codes to Redis");
            progress.run();
            sequence = end;
        }
    }

    private Map<String, String> read(ActivityId activityId, StockRange range, int from, int to) {
        Map<String, String> sequenceById = new HashMap<>(2 * (to - from));
        for (int sequence = from; sequence < to; sequence++) {
            sequenceById.put(
                    Documents.codeId(activityId, range.importId(), sequence - range.from()),
                    Integer.toString(sequence));
        }
        List<Document> documents = Waiting.await(
                Flux.from(mongo.getCollection(Documents.TICKET_CODES).find(Filters.in("_id", sequenceById.keySet())))
                        .collectList()
                        .toFuture(),
                "Reading codes from MongoDB");
        Map<String, String> codes = new HashMap<>(2 * documents.size());
        for (Document document : documents) {
            codes.put(sequenceById.get(document.getString("_id")), format(activityId, document));
        }
        return codes;
    }

    private String format(ActivityId activityId, Document document) {
        try {
            return RedisCodeFormat.format(StoredTicketCodes.parse(seal, activityId, document));
        } catch (UnreadableCodeException e) {
            throw new RecoveryException(e.getMessage(), e);
        }
    }
}
