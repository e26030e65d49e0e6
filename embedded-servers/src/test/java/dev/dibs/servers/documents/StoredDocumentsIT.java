package dev.dibs.servers.documents;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.dibs.servers.EmbeddedMongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoredDocumentsIT {
    private static final String DATABASE = "dibs";

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

    private void reopen() {
        close();
        open();
    }

    private MongoCollection<Document> tickets() {
        return client.getDatabase(DATABASE).getCollection("tickets");
    }

    private List<Object> found(Bson filter) {
        return tickets().find(filter).map(ticket -> ticket.get("_id")).into(new ArrayList<>());
    }

    @Test
    void everyTypeComesBackAsItWasAfterReopening() {
        // Given
        Document ticket = new Document("_id", "t1")
                .append("text", "Grüße, \uD83C\uDF9F \0")
                .append("int32", Integer.MIN_VALUE)
                .append("int64", Long.MAX_VALUE)
                .append("small int64", 1L)
                .append("double", 1.0)
                .append("negative zero", -0.0)
                .append("yes", true)
                .append("no", false)
                .append("date", new Date(-1))
                .append("binary", new Binary(new byte[] {0, -1, 127}))
                .append("nothing", null)
                .append("object id", new ObjectId("0123456789abcdef01234567"))
                .append("nested", new Document("z", 1).append("a", new Document()))
                .append("array", Arrays.asList(1, "1", null, List.of(), new Document("b", 2L)))
                .append("", "no name");
        tickets().insertOne(ticket);
        // When
        reopen();
        // Then
        Document found = tickets().find(eq("_id", "t1")).first();
        assertThat(found).isEqualTo(ticket);
        assertThat(found.keySet()).containsExactlyElementsOf(ticket.keySet());
        assertThat(tickets().find().first()).isEqualTo(ticket);
    }

    @Test
    void anIdIsRefusedASecondTimeAlsoAfterReopening() {
        // Given
        tickets().insertMany(List.of(new Document("_id", "t1").append("n", 1), new Document("_id", 7)));
        reopen();
        // When
        MongoBulkWriteException refused = catchThrowableOfType(
                MongoBulkWriteException.class,
                () -> tickets()
                        .insertMany(
                                List.of(new Document("_id", "t1"), new Document("_id", 7L), new Document("_id", "t2")),
                                new InsertManyOptions().ordered(false)));
        // Then
        assertThat(refused.getWriteErrors())
                .allSatisfy(error -> assertThat(error.getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY))
                .extracting(error -> error.getIndex())
                .containsExactly(0, 1);
        assertThat(tickets().find(eq("_id", "t1")).first()).containsEntry("n", 1);
        assertThat(tickets().countDocuments()).isEqualTo(3);
    }

    @Test
    void idsOfMixedTypesAreKeptApartAndStayInOrder() {
        // Given
        List<Object> ids = Arrays.asList(
                "1",
                1,
                (1L << 53) + 1,
                1.5,
                true,
                new Date(1),
                new ObjectId(),
                new Binary(new byte[] {1}),
                new Document("a", 1),
                null);
        ids.forEach(id -> tickets().insertOne(new Document("_id", id)));
        List<Object> order = found(new Document());
        // When
        reopen();
        // Then
        assertThat(order).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found(new Document())).isEqualTo(order);
        assertThat(ids).allSatisfy(id -> assertThat(found(eq("_id", id))).containsExactly(id));
        assertThat(found(eq("_id", 1.0))).containsExactly(1);
        assertThat(found(eq("_id", 2))).isEmpty();
    }

    @Test
    void idsAreOneConditionAmongOthers() {
        // Given
        IntStream.range(0, 10)
                .forEach(i -> tickets().insertOne(new Document("_id", "t" + i).append("user", "u" + i % 2)));
        // Then
        assertThat(found(in("_id", "t3", "t1", "t1", "none"))).containsExactly("t1", "t3");
        assertThat(found(and(in("_id", "t1", "t2"), eq("user", "u0")))).containsExactly("t2");
        assertThat(found(new Document("_id", "t1").append("user", "u0"))).isEmpty();
        assertThat(found(new Document("_id", new Document("$in", List.of("t1", "t2")).append("$gt", "t1"))))
                .containsExactly("t2");
        assertThat(found(and(eq("_id", "t1"), eq("_id", "t2")))).isEmpty();
        assertThat(found(regex("_id", "[12]"))).containsExactly("t1", "t2");
        assertThat(found(new Document("_id", new Document("$in", Arrays.asList(null, "t1")))))
                .containsExactly("t1");
        assertThat(tickets()
                        .find(in("_id", "t1", "t2", "t3"))
                        .sort(descending("_id"))
                        .skip(1)
                        .limit(1)
                        .first())
                .containsEntry("_id", "t2");
    }

    @Test
    void anUpsertInsertsAndThenChanges() {
        // Given
        List<UpdateOneModel<Document>> upserts = IntStream.range(0, 3)
                .mapToObj(i -> new UpdateOneModel<Document>(
                        eq("_id", "t" + i), Updates.set("n", i), new UpdateOptions().upsert(true)))
                .toList();
        BulkWriteResult first = tickets().bulkWrite(upserts);
        reopen();
        // When
        BulkWriteResult second = tickets().bulkWrite(upserts);
        tickets().updateMany(gt("n", 0), Updates.combine(Updates.inc("n", 10), Updates.set("late", true)));
        // Then
        assertThat(first.getUpserts()).hasSize(3);
        assertThat(second.getUpserts()).isEmpty();
        assertThat(second.getModifiedCount()).isZero();
        reopen();
        assertThat(tickets().find().into(new ArrayList<>()))
                .containsExactly(
                        new Document("_id", "t0").append("n", 0),
                        new Document("_id", "t1").append("n", 11).append("late", true),
                        new Document("_id", "t2").append("n", 12).append("late", true));
    }

    @Test
    void anIdCannotBeChanged() {
        tickets().insertOne(new Document("_id", "t1"));
        assertThatThrownBy(() -> tickets().updateOne(eq("_id", "t1"), Updates.set("_id", "t2")))
                .isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("immutable");
    }

    @Test
    void deletedDocumentsStayDeleted() {
        // Given
        tickets().insertMany(List.of(new Document("_id", "t1"), new Document("_id", "t2"), new Document("_id", "t3")));
        // When
        tickets().deleteOne(eq("_id", "t1"));
        tickets().deleteMany(gt("_id", "t2"));
        reopen();
        // Then
        assertThat(found(new Document())).containsExactly("t2");
    }

    @Test
    void aDroppedCollectionIsGoneAndItsNameFree() {
        // Given
        tickets().insertOne(new Document("_id", "t1"));
        // When
        tickets().drop();
        reopen();
        // Then
        assertThat(client.getDatabase(DATABASE).listCollectionNames()).isEmpty();
        tickets().insertOne(new Document("_id", "t1"));
        assertThat(tickets().countDocuments()).isOne();
    }

    @Test
    void aRenamedCollectionKeepsItsDocumentsAndTheOldNameIsFree() {
        // Given
        tickets().insertOne(new Document("_id", "t1"));
        // When
        tickets().renameCollection(new MongoNamespace(DATABASE, "old"));
        tickets().insertOne(new Document("_id", "t1").append("new", true));
        reopen();
        // Then
        MongoCollection<Document> old = client.getDatabase(DATABASE).getCollection("old");
        assertThat(old.find().into(new ArrayList<>())).containsExactly(new Document("_id", "t1"));
        assertThat(tickets().find().first()).containsEntry("new", true);
        assertThatThrownBy(() -> old.insertOne(new Document("_id", "t1"))).isInstanceOf(MongoWriteException.class);
    }

    @Test
    void aDroppedDatabaseIsGone() {
        // Given
        tickets().insertOne(new Document("_id", "t1"));
        // When
        client.getDatabase(DATABASE).drop();
        reopen();
        // Then
        assertThat(client.listDatabaseNames()).doesNotContain(DATABASE);
        assertThat(tickets().countDocuments()).isZero();
    }

    @Test
    void anotherUniqueIndexRefusesSecondsAlsoAfterReopening() {
        // Given
        tickets().createIndex(new Document("activity", 1).append("code", 1), new IndexOptions().unique(true));
        tickets().insertOne(new Document("_id", "t1").append("activity", "a").append("code", 1));
        tickets().insertOne(new Document("_id", "t2").append("activity", "b").append("code", 1));
        reopen();
        // Then
        Document second = new Document("_id", "t3").append("activity", "a").append("code", 1);
        assertThatThrownBy(() -> tickets().insertOne(second))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        refused -> assertThat(refused.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        assertThatThrownBy(() -> tickets().updateOne(eq("_id", "t2"), Updates.set("activity", "a")))
                .isInstanceOf(MongoWriteException.class);
        tickets().deleteOne(eq("_id", "t1"));
        tickets().insertOne(second);
        assertThat(found(new Document())).containsExactly("t2", "t3");
    }

    @Test
    void anIndexThatIsNotUniqueIsAcceptedAndListed() {
        tickets().createIndex(new Document("user", 1));
        reopen();
        assertThat(tickets().listIndexes().map(index -> index.getString("name")))
                .containsExactlyInAnyOrder("_id_", "user_1");
        tickets().insertMany(List.of(new Document("_id", 1).append("user", "u"), new Document("user", "u")));
        tickets().updateMany(eq("user", "u"), Updates.set("user", "v"));
        tickets().deleteOne(eq("_id", 1));
        assertThat(tickets().countDocuments(eq("user", "v"))).isOne();
    }

    @Test
    void aCollectionWhoseIndexWasNotWrittenBeforeTheProcessDiedGetsItAgain() {
        // Given
        tickets().insertOne(new Document("_id", "t1"));
        close();
        try (MVStore store = MVStore.open(folder.resolve("documents.mv").toString())) {
            new Regions(store).open(DATABASE + ".system.indexes").clear();
        }
        // When
        open();
        // Then
        assertThat(tickets().listIndexes().map(index -> index.getString("name")))
                .containsExactly("_id_");
        tickets().updateOne(eq("_id", "t1"), Updates.set("n", 1));
        tickets().drop();
        assertThat(tickets().countDocuments()).isZero();
    }
}
