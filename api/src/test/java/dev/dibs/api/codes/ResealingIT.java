package dev.dibs.api.codes;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.codes.Resealing.Done;
import dev.dibs.api.codes.Resealing.Place;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** From plain codes to sealed ones, and from one key to the next, on each server at hand. */
@Timeout(120)
class ResealingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ActivityId MOVIE = new ActivityId("movie");
    private static final ImportId IMPORT = new ImportId("import");
    private static final int CODES = 25;
    private static final int BATCH = 10;

    private static final String OLD = "2025:an-old-secret-of-more-than-32-characters";
    private static final String NEW = "2026:a-new-secret-of-more-than-32-characters";
    private static final CodeSecrets BEFORE = secrets(OLD);
    private static final CodeSecrets BETWEEN = secrets(NEW, OLD);
    private static final CodeSecrets AFTER = secrets(NEW);
    private static final CodeSecrets OF_ANOTHER = secrets("other:of-somebody-else-and-more-than-32-characters");

    private static CodeSecrets secrets(String... keys) {
        return CodeSecrets.of(List.of(keys), "what-fingerprints-are-keyed-with-for-ever", "");
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void everyCodeIsSealedWithTheFirstKeyAndStaysTheSame(MongoServer server) {
        on(server, database -> {
            // Given codes that are plain, sealed with the old key, and sealed with the new one
            for (int i = 0; i < CODES; i++) {
                String code = "CODE-" + i;
                String stored = i % 3 == 0 ? code : new CodeSeal(i % 3 == 1 ? BEFORE : BETWEEN).seal(MOVIE, code);
                insert(database, Documents.TICKET_CODES, Documents.codeId(MOVIE, IMPORT, i), stored);
                insert(database, Documents.USER_TICKETS, new UUID(0, i).toString(), stored);
                insert(database, Documents.CODE_FINGERPRINTS, CodeFingerprint.plain(code), null);
            }

            Done all = reseal(database, BETWEEN);

            assertThat(all.changed()).isEqualTo(2 * 17 + CODES);
            assertThat(all.unreadable()).isZero();
            CodeSeal newKeyOnly = new CodeSeal(AFTER);
            for (String collection : List.of(Documents.TICKET_CODES, Documents.USER_TICKETS)) {
                Set<String> codes = new HashSet<>();
                for (Document row : rows(database, collection)) {
                    codes.add(newKeyOnly.open(MOVIE, row.getString(Documents.Code.CODE)));
                    assertThat(newKeyOnly.isCurrent(row.getString(Documents.Code.CODE)))
                            .isTrue();
                }
                assertThat(codes).hasSize(CODES).allMatch(code -> code.startsWith("CODE-"));
            }
            assertThat(rows(database, Documents.CODE_FINGERPRINTS))
                    .hasSize(CODES)
                    .allMatch(row -> CodeFingerprint.isKeyed(row.getString("_id")))
                    .allMatch(row -> row.getString("activityId").equals(MOVIE.value()));
            assertThat(reseal(database, BETWEEN).changed()).isZero();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatCannotBeReadIsCountedAndLeftAlone(MongoServer server) {
        on(server, database -> {
            String stored = new CodeSeal(OF_ANOTHER).seal(MOVIE, "CODE-0");
            insert(database, Documents.TICKET_CODES, Documents.codeId(MOVIE, IMPORT, 0), stored);

            Done all = reseal(database, BETWEEN);

            assertThat(all.unreadable()).isOne();
            assertThat(rows(database, Documents.TICKET_CODES))
                    .extracting(row -> row.getString(Documents.Code.CODE))
                    .containsExactly(stored);
        });
    }

    private static Done reseal(MongoDatabase database, CodeSecrets secrets) {
        Resealing resealing = new Resealing(database, new CodeSeal(secrets), new CodeFingerprint(secrets), BATCH);
        List<Done> batches = new ArrayList<>();
        for (Place place = Place.START; place != null; ) {
            Done done = resealing.batch(place).block(PATIENCE);
            batches.add(done);
            place = done.next();
        }
        assertThat(batches).allMatch(done -> done.looked() <= BATCH);
        return new Done(
                batches.stream().mapToInt(Done::looked).sum(),
                batches.stream().mapToInt(Done::changed).sum(),
                batches.stream().mapToInt(Done::unreadable).sum(),
                null);
    }

    private static void insert(MongoDatabase database, String collection, String id, String code) {
        Document document = new Document("_id", id).append("activityId", MOVIE.value());
        Mono.from(database.getCollection(collection)
                        .insertOne(code == null ? document : document.append(Documents.Code.CODE, code)))
                .block(PATIENCE);
    }

    private static List<Document> rows(MongoDatabase database, String collection) {
        return Flux.from(database.getCollection(collection).find())
                .collectList()
                .block(PATIENCE);
    }

    private interface Body {
        void run(MongoDatabase database);
    }

    private static void on(MongoServer server, Body test) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(ResealingIT.class));
            test.run(database);
            Mono.from(database.drop()).block(PATIENCE);
        }
    }
}
