package dev.dibs.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedMongoIT {
    private static final String FILE = "documents.mv";

    @TempDir
    Path folder;

    @Test
    void aRestartKeepsWhatWasWrittenAndItsAddress() {
        // Given
        String uri;
        try (EmbeddedMongo mongo = EmbeddedMongo.start(folder)) {
            uri = mongo.uri();
            ask(mongo.uri(), tickets -> tickets.insertOne(new Document("_id", "t1").append("code", "c")));
        }
        // When
        try (EmbeddedMongo mongo = EmbeddedMongo.start(folder)) {
            // Then
            assertThat(mongo.uri()).isEqualTo(uri);
            Document found = ask(
                    mongo.uri(),
                    tickets -> tickets.find(new Document("_id", "t1")).first());
            assertThat(found).containsEntry("code", "c");
        }
    }

    /** A copy of the file is what a process that is killed leaves behind. */
    @Test
    void whatWasAnsweredOutlivesTheProcess() throws IOException {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(folder.resolve("alive"));
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> tickets = client.getDatabase("dibs").getCollection("tickets");
            for (int i = 0; i < 20; i++) {
                // When
                tickets.insertOne(new Document("_id", i).append("code", "c"));
                tickets.updateOne(new Document("_id", i), new Document("$set", new Document("code", "c" + i)));
                Path killed = Files.createDirectory(folder.resolve("killed-" + i));
                Files.copy(folder.resolve("alive").resolve(FILE), killed.resolve(FILE));
                // Then
                try (EmbeddedMongo again = EmbeddedMongo.start(killed)) {
                    Bson last = new Document("_id", i);
                    Document found = ask(again.uri(), kept -> kept.find(last).first());
                    assertThat(found).containsEntry("code", "c" + i);
                }
            }
        }
    }

    @Test
    void inMemoryItServesAndForgets() {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory()) {
            ask(mongo.uri(), tickets -> tickets.insertOne(new Document("_id", "t1")));
            long count = ask(mongo.uri(), MongoCollection::countDocuments);
            assertThat(count).isOne();
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedMongo.start(folder, taken.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage(
                            "MongoDB (embedded) cannot start: port %d of 127.0.0.1 is in use", taken.getLocalPort());
        }
    }

    @Test
    void aFolderInUseIsSaidInOneLine() {
        try (EmbeddedMongo mongo = EmbeddedMongo.start(folder)) {
            assertThat(mongo.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedMongo.start(folder))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("another program uses the data folder");
        }
    }

    private static <T> T ask(String uri, Function<MongoCollection<Document>, T> question) {
        try (MongoClient client = MongoClients.create(uri)) {
            return question.apply(client.getDatabase("dibs").getCollection("tickets"));
        }
    }
}
