package dev.dibs.servers.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import dev.dibs.servers.EmbeddedMongo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TextIndexIT {
    private static final String DATABASE = "dibs";
    private static final Document BY_USER = new Document("user", 1).append("n", -1);

    @TempDir
    Path folder;

    private EmbeddedMongo mongo;
    private MongoClient client;

    @BeforeEach
    void open() {
        mongo = EmbeddedMongo.start(folder);
        client = MongoClients.create(mongo.uri());
    }

    @AfterEach
    void close() {
        client.close();
        mongo.close();
    }

    private MongoCollection<Document> collection(String name) {
        return client.getDatabase(DATABASE).getCollection(name);
    }

    private List<Document> found(String collection, Bson filter) {
        return collection(collection).find(filter).into(new ArrayList<>());
    }

    private void betweenTwoRuns(Consumer<Region> change) {
        close();
        try (MVStore store = MVStore.open(folder.resolve("documents.mv").toString())) {
            change.accept(new Regions(store).openIndex(DATABASE + ".indexed", "user_1_n_-1"));
        }
        open();
    }

    @Test
    void findsWhatAScanFinds() {
        // Given the same documents with and without an index, some of them older than it
        long seed = Long.getLong("dibs.seed", System.nanoTime());
        System.out.println("TextIndexIT dibs.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                collection("indexed").createIndex(BY_USER);
            }
            change(random, i);
            if (i == 200) {
                close();
                open();
            }
        }
        // Then
        for (String user : List.of("", "u0", "u1", "u2", "u10", "nobody", "u\0")) {
            for (Bson filter : List.of(
                    eq("user", user),
                    and(eq("user", user), gt("n", 3)),
                    new Document("user", user).append("n", 5),
                    and(gt("n", 3), new Document("$or", List.of(eq("user", user), eq("n", 4)))))) {
                assertThat(found("indexed", filter)).as("%s", filter).isEqualTo(found("scanned", filter));
            }
            assertThat(collection("indexed").countDocuments(eq("user", user)))
                    .isEqualTo(collection("scanned").countDocuments(eq("user", user)));
            assertThat(collection("indexed")
                            .find(eq("user", user))
                            .sort(descending("n", "_id"))
                            .limit(3))
                    .containsExactlyElementsOf(collection("scanned")
                            .find(eq("user", user))
                            .sort(descending("n", "_id"))
                            .limit(3));
        }
    }

    private void change(Random random, int i) {
        int id = random.nextInt(80);
        Object user = user(random);
        int kind = random.nextInt(10);
        for (String name : List.of("indexed", "scanned")) {
            if (kind < 6) {
                collection(name)
                        .replaceOne(
                                eq("_id", id),
                                new Document("_id", id).append("n", i % 7).append("user", user),
                                new ReplaceOptions().upsert(true));
            } else if (kind < 8) {
                collection(name).updateMany(eq("user", "u1"), Updates.set("user", user));
            } else {
                collection(name).deleteOne(eq("_id", id));
            }
        }
    }

    private static Object user(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> 7;
            case 2 -> Arrays.asList("u1", "u2", null);
            case 3 -> "u\0";
            case 4 -> "u10";
            default -> "u" + random.nextInt(3);
        };
    }

    @Test
    void onlyWhatTheIndexNamesIsLookedAt() {
        // Given
        collection("indexed").createIndex(BY_USER);
        collection("indexed").insertOne(new Document("_id", 1).append("user", "u"));
        // When all but the mark that it is complete is taken from it
        betweenTwoRuns(entries -> {
            for (Region.Entries all = entries.entries(); all.next(); ) {
                if (all.key().length > 1) {
                    entries.remove(all.key());
                }
            }
        });
        // Then
        assertThat(found("indexed", eq("user", "u"))).isEmpty();
        assertThat(found("indexed", new Document())).hasSize(1);
    }

    @Test
    void anIndexThatWasNotFinishedIsBuiltAnew() {
        // Given
        collection("indexed").createIndex(BY_USER);
        collection("indexed").insertOne(new Document("_id", 1).append("user", "u"));
        // When
        betweenTwoRuns(Region::clear);
        // Then
        assertThat(found("indexed", eq("user", "u"))).hasSize(1);
    }

    @Test
    void anEntryWithoutADocumentDoesNoHarm() {
        // Given
        collection("indexed").createIndex(BY_USER);
        collection("indexed").insertOne(new Document("_id", 1).append("user", "u"));
        // When a crash has come between entry and document
        betweenTwoRuns(entries -> {
            byte[] key = DocumentKey.of(2).bytes();
            byte[] entry = Arrays.copyOf("u\0".getBytes(StandardCharsets.UTF_8), 2 + key.length);
            System.arraycopy(key, 0, entry, 2, key.length);
            entries.put(entry, new byte[0]);
        });
        // Then
        assertThat(found("indexed", eq("user", "u")))
                .extracting(d -> d.get("_id"))
                .containsExactly(1);
    }

    @Test
    void aRenamedCollectionKeepsItsIndexAndADroppedOneLeavesNone() {
        // Given
        collection("indexed").createIndex(BY_USER);
        collection("indexed").insertOne(new Document("_id", 1).append("user", "u"));
        // When
        collection("indexed").renameCollection(new MongoNamespace(DATABASE, "other"));
        collection("indexed").createIndex(BY_USER);
        collection("indexed").insertOne(new Document("_id", 2).append("user", "u"));
        close();
        open();
        // Then
        assertThat(found("other", eq("user", "u")))
                .extracting(d -> d.get("_id"))
                .containsExactly(1);
        assertThat(found("indexed", eq("user", "u")))
                .extracting(d -> d.get("_id"))
                .containsExactly(2);
        collection("other").drop();
        collection("indexed").drop();
        close();
        try (MVStore store = MVStore.open(folder.resolve("documents.mv").toString())) {
            Regions left = new Regions(store);
            assertThat(left.openIndex(DATABASE + ".other", "user_1_n_-1").isEmpty())
                    .isTrue();
            assertThat(left.openIndex(DATABASE + ".indexed", "user_1_n_-1").isEmpty())
                    .isTrue();
        }
        open();
    }
}
