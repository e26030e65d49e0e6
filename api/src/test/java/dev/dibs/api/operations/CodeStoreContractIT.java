package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the store of codes promises, on each server at hand. */
@Timeout(60)
class CodeStoreContractIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ActivityId ACTIVITY = new ActivityId("a");
    private static final ImportRun ONE = new ImportRun(ACTIVITY, new ImportId("one"), 1);
    private static final ImportRun TWO = new ImportRun(ACTIVITY, new ImportId("two"), 1);

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void theFirstWhoClaimsAFingerprintOwnsIt(MongoServer server) {
        on(server, store -> {
            assertThat(store.claim(ONE, 0, List.of("f1", "f2")).block(PATIENCE)).isEmpty();

            assertThat(store.claim(TWO, 0, List.of("f0", "f2", "f3", "f1")).block(PATIENCE))
                    .isEqualTo(java.util.Map.of("f1", ONE, "f2", ONE));
            assertThat(store.owners(List.of("f0", "f1", "f2", "f3", "f4")).block(PATIENCE))
                    .isEqualTo(java.util.Map.of("f0", TWO, "f1", ONE, "f2", ONE, "f3", TWO));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void claimingAgainFindsOneselfAsTheOwner(MongoServer server) {
        on(server, store -> {
            store.claim(ONE, 0, List.of("f1")).block(PATIENCE);

            assertThat(store.claim(ONE, 0, List.of("f1", "f2")).block(PATIENCE)).isEqualTo(java.util.Map.of("f1", ONE));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aFingerprintIsTakenOverFromTheOwnerThatWasSeenOnly(MongoServer server) {
        on(server, store -> {
            store.claim(ONE, 0, List.of("f1")).block(PATIENCE);

            assertThat(store.takeOver(TWO, 5, "f1", ONE).block(PATIENCE)).isTrue();
            assertThat(store.takeOver(ONE, 0, "f1", ONE).block(PATIENCE)).isFalse();
            assertThat(store.owners(List.of("f1")).block(PATIENCE)).containsEntry("f1", TWO);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void anImportIsSealedOrGivenUpButNeverBoth(MongoServer server) {
        on(server, store -> {
            ImportRun first = begin(store, "one");
            ImportRun other = begin(store, "two");
            store.seal(first).block(PATIENCE);
            store.giveUp(ACTIVITY, first.importId()).block(PATIENCE);
            store.giveUp(ACTIVITY, other.importId()).block(PATIENCE);

            assertThat(store.seal(first).block(PATIENCE)).isTrue();
            assertThat(store.seal(other).block(PATIENCE)).isFalse();
            assertThat(store.statuses(Set.of(first, other)).block(PATIENCE))
                    .containsEntry(first, new ImportRun.Status(1, ImportRun.Stage.SEALED))
                    .containsEntry(other, new ImportRun.Status(1, ImportRun.Stage.GIVEN_UP));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatWasGivenUpBeginsAnewAndIsDeadForGood(MongoServer server) {
        on(server, store -> {
            ImportRun first = begin(store, "one");
            assertThat(begin(store, "one")).isEqualTo(first);
            store.giveUp(ACTIVITY, first.importId()).block(PATIENCE);
            ImportRun second = begin(store, "one");

            ImportRun.Status status =
                    store.statuses(Set.of(first)).block(PATIENCE).get(first);
            assertThat(second.generation()).isEqualTo(2);
            assertThat(status.isDead(first)).isTrue();
            assertThat(status.isDead(second)).isFalse();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void givingUpWhatNeverBeganDoesNothing(MongoServer server) {
        on(server, store -> {
            store.giveUp(ACTIVITY, new ImportId("never")).block(PATIENCE);

            assertThat(begin(store, "never").generation()).isOne();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void codesMayBeStoredAgainAndTogetherWithNewOnes(MongoServer server) {
        TicketKind kind = new TicketKind("standard");
        on(server, store -> {
            CodeStore.Code first = new CodeStore.Code(0, "c0", kind);
            store.store(ONE, List.of(first)).block(PATIENCE);
            store.store(ONE, List.of(first, new CodeStore.Code(1, "c1", kind))).block(PATIENCE);
            store.store(TWO, List.of(new CodeStore.Code(0, "d0", kind))).block(PATIENCE);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void neitherACodeNorItsPlainFingerprintIsStored(MongoServer server) {
        String code = "SECRET-4711";
        String plain = CodeFingerprint.plain(code);
        withDatabase(server, (database, store) -> {
            store.claim(ONE, 0, List.of(plain)).block(PATIENCE);
            store.store(ONE, List.of(new CodeStore.Code(0, code, new TicketKind("standard"))))
                    .block(PATIENCE);

            List<String> documents = all(database);
            assertThat(documents).hasSize(2).noneMatch(json -> json.contains(code) || json.contains(plain));
            assertThat(store.owners(List.of(plain)).block(PATIENCE)).containsEntry(plain, ONE);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aPlainFingerprintOfFormerTimesStillHasItsOwner(MongoServer server) {
        withDatabase(server, (database, store) -> {
            Mono.from(database.getCollection(Documents.CODE_FINGERPRINTS)
                            .insertOne(new Document("_id", "f1")
                                    .append("activityId", ACTIVITY.value())
                                    .append("importId", "one")
                                    .append("row", 0)
                                    .append("generation", 1)))
                    .block(PATIENCE);

            assertThat(store.owners(List.of("f1", "f2")).block(PATIENCE)).isEqualTo(java.util.Map.of("f1", ONE));
        });
    }

    private static List<String> all(MongoDatabase database) {
        return Flux.from(database.listCollectionNames())
                .concatMap(name -> database.getCollection(name).find())
                .map(Document::toJson)
                .collectList()
                .block(PATIENCE);
    }

    private static ImportRun begin(CodeStore store, String importId) {
        return store.begin(ACTIVITY, new ImportId(importId)).block(PATIENCE);
    }

    private static void on(MongoServer server, Consumer<CodeStore> test) {
        withDatabase(server, (database, store) -> test.accept(store));
    }

    private static void withDatabase(MongoServer server, BiConsumer<MongoDatabase, CodeStore> test) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(CodeStoreContractIT.class));
            test.accept(database, new MongoCodeStore(database, TestCodes.SEAL, TestCodes.FINGERPRINTS));
            Mono.from(database.drop()).block(PATIENCE);
        }
    }
}
