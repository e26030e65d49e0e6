package dev.dibs.api.door;

import static dev.dibs.api.ContractDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ContractDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.api.door.CodeIndex.CodePlace;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What the door is told of a code, on each server at hand. */
@Timeout(60)
class MongoCodeIndexIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CODE = "SEAT-4711";
    private static final String PLAIN = CodeFingerprint.plain(CODE);
    private static final String KEYED = TestCodes.FINGERPRINTS.keyed(PLAIN);

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aCodeLeadsToTheRowThatItWasImportedAs(MongoServer server) {
        ContractDatabase.on(server, MongoCodeIndexIT.class, database -> {
            CodeIndex index = new MongoCodeIndex(database, TestCodes.FINGERPRINTS, PATIENCE);
            assertThat(index.find(CODE).block(PATIENCE)).isNull();
            insert(database, Documents.CODE_FINGERPRINTS, fingerprint(KEYED, 7), fingerprint("k:another", 8));

            assertThat(index.find(CODE).block(PATIENCE)).isEqualTo(place(7));
            assertThat(index.find("SEAT-4712").block(PATIENCE)).isNull();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aFingerprintOfFormerTimesLeadsThereToo(MongoServer server) {
        ContractDatabase.on(server, MongoCodeIndexIT.class, database -> {
            CodeIndex index = new MongoCodeIndex(database, TestCodes.FINGERPRINTS, PATIENCE);
            insert(database, Documents.CODE_FINGERPRINTS, fingerprint(PLAIN, 3));

            assertThat(index.find(CODE).block(PATIENCE)).isEqualTo(place(3));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whereBothAreTheKeyedOneCounts(MongoServer server) {
        ContractDatabase.on(server, MongoCodeIndexIT.class, database -> {
            CodeIndex index = new MongoCodeIndex(database, TestCodes.FINGERPRINTS, PATIENCE);
            insert(database, Documents.CODE_FINGERPRINTS, fingerprint(PLAIN, 3), fingerprint(KEYED, 7));

            assertThat(index.find(CODE).block(PATIENCE)).isEqualTo(place(7));
        });
    }

    private static CodePlace place(int row) {
        return new CodePlace(new ActivityId("night"), new ImportId("import"), row);
    }

    private static Document fingerprint(String id, int row) {
        return new Document("_id", id)
                .append("activityId", "night")
                .append("importId", "import")
                .append("row", row);
    }
}
