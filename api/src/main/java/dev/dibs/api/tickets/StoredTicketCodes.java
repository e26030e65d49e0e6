package dev.dibs.api.tickets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeSeal;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Codes from a bounded cache, else from Redis, else from MongoDB. A code never changes, so the cache never is stale. */
public final class StoredTicketCodes implements TicketCodes {
    private static final long MAX_CACHED = 100_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private record Key(ActivityId activityId, int sequence) {}

    private final Cache<Key, TicketCode> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .executor(Runnable::run)
            .build();
    private final RedisClusterAsyncCommands<String, String> redis;
    private final MongoDatabase mongo;
    private final LedgerView ledger;
    private final CodeSeal seal;

    public StoredTicketCodes(
            RedisClusterAsyncCommands<String, String> redis, MongoDatabase mongo, LedgerView ledger, CodeSeal seal) {
        this.redis = redis;
        this.mongo = mongo;
        this.ledger = ledger;
        this.seal = seal;
    }

    @Override
    public Mono<TicketCode> find(ActivityId activityId, int sequence) {
        Key key = new Key(activityId, sequence);
        TicketCode cached = cache.getIfPresent(key);
        if (cached != null) {
            return Mono.just(cached);
        }
        return inRedis(activityId, sequence)
                .onErrorResume(error -> Mono.empty())
                .switchIfEmpty(Mono.defer(() -> inMongo(activityId, sequence)))
                .doOnNext(code -> cache.put(key, code))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The code of sequence " + sequence
                        + " of activity " + activityId + " is neither in Redis nor in MongoDB")));
    }

    private Mono<TicketCode> inRedis(ActivityId activityId, int sequence) {
        return Mono.fromCompletionStage(
                        () -> redis.hget(new InventoryKeys(activityId).codes(), Integer.toString(sequence)))
                .map(RedisCodeFormat::parse)
                .timeout(TIMEOUT);
    }

    private Mono<TicketCode> inMongo(ActivityId activityId, int sequence) {
        MemoryActivityAccount account = ledger.account(activityId);
        StockRange range = account == null ? null : account.range(sequence);
        if (range == null) {
            return Mono.empty();
        }
        String id = Documents.codeId(activityId, range.importId(), sequence - range.from());
        return Mono.from(mongo.getCollection(Documents.TICKET_CODES)
                        .find(Filters.eq("_id", id))
                        .first())
                .map(document -> parse(seal, activityId, document))
                .timeout(TIMEOUT);
    }

    /**
     * A document of {@code ticket_codes}.
     *
     * @throws dev.dibs.codes.UnreadableCodeException where its key is not known here
     */
    public static TicketCode parse(CodeSeal seal, ActivityId activityId, Document document) {
        return new TicketCode(
                new TicketKind(document.getString(Documents.Code.TICKET_KIND)),
                seal.open(activityId, document.getString(Documents.Code.CODE)));
    }
}
