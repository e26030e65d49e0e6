package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import reactor.core.publisher.Mono;

/** The same promises, kept by MongoDB, on each server at hand. */
@Timeout(120)
class MongoListStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aListIsReadAsItWasWrittenAlsoAcrossChunks(MongoServer server) {
        on(
                server,
                database -> ListStoreContract.aListIsReadAsItWasWrittenAlsoAcrossChunks(new MongoListStore(database)));
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatIsDeletedIsGoneAndNothingElseIs(MongoServer server) {
        on(server, database -> ListStoreContract.whatIsDeletedIsGoneAndNothingElseIs(new MongoListStore(database)));
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatIsNotWhatTheNameSaysIsNotTakenForTheList(MongoServer server) {
        on(
                server,
                database ->
                        ListStoreContract.whatIsNotWhatTheNameSaysIsNotTakenForTheList(new MongoListStore(database)));
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aListThatLostAChunkIsNotTakenForWholeAndIsMendedByWritingItAgain(MongoServer server) {
        on(server, database -> {
            ActivityId id = new ActivityId("a");
            AccountSet accounts = AccountSetTest.numbered(0, 10_000);
            String list = ListName.of(1, accounts.hash());
            MongoListStore store = new MongoListStore(database);
            store.write(id, list, accounts).block(PATIENCE);

            Mono.from(database.getCollection(Documents.ELIGIBILITY_LISTS)
                            .deleteOne(Filters.eq("_id", Documents.eligibilityChunkId(id, list, 1))))
                    .block(PATIENCE);

            assertThatThrownBy(() -> store.read(id, list).block(PATIENCE)).isInstanceOf(LostListException.class);
            store.write(id, list, accounts).block(PATIENCE);
            assertThat(store.read(id, list).block(PATIENCE).size()).isEqualTo(10_000);
        });
    }

    private static void on(MongoServer server, Consumer<MongoDatabase> test) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(MongoListStoreIT.class));
            test.accept(database);
            Mono.from(database.drop()).block(PATIENCE);
        }
    }
}
