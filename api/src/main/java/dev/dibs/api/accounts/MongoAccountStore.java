package dev.dibs.api.accounts;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Accounts in the collection {@code users}; each call reads or writes one document by its {@code _id}. */
final class MongoAccountStore implements AccountStore {
    private static final String PASSWORD_HASH = "passwordHash";
    private static final String CREATED_AT = "createdAt";
    /** By family: the hash of its latest token, when it expires, and where the login came from. */
    private static final String REFRESH = "refresh";

    private static final String HASH = "hash";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String PLACE = "place";

    private final MongoCollection<Document> users;
    private final Duration timeout;

    /** @param timeout after which a call is given up */
    MongoAccountStore(MongoDatabase database, Duration timeout) {
        this.timeout = timeout;
        this.users = database.getCollection(Documents.USERS);
    }

    @Override
    public Mono<Account> find(UserId userId) {
        return bounded(users.find(byId(userId)).first()).map(user -> {
            Map<String, Family> families = new HashMap<>();
            Document refresh = user.get(REFRESH, new Document());
            refresh.forEach((family, token) -> families.put(family, family((Document) token)));
            return new Account(userId, user.getString(PASSWORD_HASH), families);
        });
    }

    private static Family family(Document stored) {
        // Logins from before places were kept have none.
        return new Family(stored.getLong(EXPIRES_AT), Objects.toString(stored.getString(PLACE), ""));
    }

    @Override
    public Mono<Boolean> create(UserId userId, String passwordHash, long createdAt) {
        Document user = new Document("_id", userId.value())
                .append(PASSWORD_HASH, passwordHash)
                .append(CREATED_AT, new Date(createdAt))
                .append(REFRESH, new Document());
        return bounded(users.insertOne(user))
                .map(inserted -> true)
                .onErrorResume(MongoAccountStore::isDuplicate, error -> Mono.just(false));
    }

    private static boolean isDuplicate(Throwable error) {
        return error instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    @Override
    public Mono<Void> addFamily(UserId userId, String id, Family family, String hash, Iterable<String> forgotten) {
        List<Bson> updates = new ArrayList<>();
        updates.add(Updates.set(field(id, HASH), hash));
        updates.add(Updates.set(field(id, EXPIRES_AT), family.expiresAt()));
        updates.add(Updates.set(field(id, PLACE), family.place()));
        forgotten.forEach(old -> updates.add(Updates.unset(REFRESH + "." + old)));
        return bounded(users.updateOne(byId(userId), Updates.combine(updates), new UpdateOptions().upsert(true)))
                .then();
    }

    @Override
    public Mono<Boolean> rotate(
            UserId userId, String family, String oldHash, String newHash, long now, long expiresAt) {
        Bson latest = and(byId(userId), eq(field(family, HASH), oldHash), gt(field(family, EXPIRES_AT), now));
        Bson replaced = Updates.combine(
                Updates.set(field(family, HASH), newHash), Updates.set(field(family, EXPIRES_AT), expiresAt));
        return bounded(users.updateOne(latest, replaced)).map(result -> result.getMatchedCount() == 1);
    }

    @Override
    public Mono<Boolean> endFamily(UserId userId, String family) {
        Bson there = and(byId(userId), exists(REFRESH + "." + family));
        return bounded(users.updateOne(there, Updates.unset(REFRESH + "." + family)))
                .map(result -> result.getMatchedCount() == 1);
    }

    @Override
    public Mono<Void> endFamilies(UserId userId) {
        return bounded(users.updateOne(byId(userId), Updates.set(REFRESH, new Document())))
                .then();
    }

    private static Bson byId(UserId userId) {
        return eq("_id", userId.value());
    }

    private static String field(String family, String name) {
        return REFRESH + "." + family + "." + name;
    }

    private <T> Mono<T> bounded(Publisher<T> call) {
        return Mono.from(call).timeout(timeout);
    }
}
