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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** Reads the codes of an activity from MongoDB, a batch at a time. */
final class CodeLoader {
    private static final int BATCH = 1_000;
    /** Batches that are asked for before their turn has come: the server need not wait for us, nor we for it. */
    private static final int AHEAD = 4;

    private final MongoDatabase mongo;
    private final CodeSeal seal;

    CodeLoader(MongoDatabase mongo, CodeSeal seal) {
        this.mongo = mongo;
        this.seal = seal;
    }

    /** Codes of the same import, [from, to). */
    private record Batch(
            StockRange range,
            int from,
            int to,
            Map<String, String> sequenceById,
            CompletableFuture<List<Document>> read) {}

    /**
     * Reads the codes of the sequences [from, to).
     *
     * @param target takes each batch: sequence → ticket kind, '|', code
     * @param progress is told of each batch that has been taken
     * @throws RecoveryException where a code is missing in MongoDB, or MongoDB does not answer
     */
    void load(
            ActivityId activityId,
            MemoryActivityAccount account,
            int from,
            int to,
            Consumer<Map<String, String>> target,
            Runnable progress) {
        Deque<Batch> ahead = new ArrayDeque<>(AHEAD);
        try {
            int next = from;
            while (next < to || !ahead.isEmpty()) {
                while (next < to && ahead.size() < AHEAD) {
                    Batch batch = read(activityId, account.range(next), next, to);
                    ahead.add(batch);
                    next = batch.to;
                }
                target.accept(codes(activityId, ahead.element()));
                ahead.remove();
                progress.run();
            }
        } finally {
            ahead.forEach(batch -> batch.read.cancel(true));
        }
    }

    private Batch read(ActivityId activityId, StockRange range, int from, int end) {
        int to = Math.min(Math.min(range.to(), end), from + BATCH);
        Map<String, String> sequenceById = new HashMap<>(2 * (to - from));
        for (int sequence = from; sequence < to; sequence++) {
            sequenceById.put(
                    Documents.codeId(activityId, range.importId(), sequence - range.from()),
                    Integer.toString(sequence));
        }
        CompletableFuture<List<Document>> read = Flux.from(
                        mongo.getCollection(Documents.TICKET_CODES).find(Filters.in("_id", sequenceById.keySet())))
                .collectList()
                .toFuture();
        return new Batch(range, from, to, sequenceById, read);
    }

    private Map<String, String> codes(ActivityId activityId, Batch batch) {
        List<Document> documents = Waiting.await(batch.read, "Reading codes from MongoDB");
        Map<String, String> codes = new HashMap<>(2 * documents.size());
        for (Document document : documents) {
            codes.put(batch.sequenceById.get(document.getString("_id")), format(activityId, document));
        }
        int missing = batch.to - batch.from - codes.size();
        if (missing > 0) {
            throw new RecoveryException("MongoDB lacks " + missing + " codes of activity " + activityId
                    + " among sequences " + batch.from + " to " + (batch.to - 1) + " of import "
                    + batch.range.importId() + "; restore the collection " + Documents.TICKET_CODES
                    + " from a backup");
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
