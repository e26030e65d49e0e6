package dev.dibs.api.recovery;

import static dev.dibs.api.ContractDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.ContractDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Codes on their way to Redis, from each server at hand. */
@Timeout(120)
class CodeLoaderIT {
    private static final ActivityId ID = new ActivityId("night");
    private static final ImportId FIRST = new ImportId("first");
    private static final ImportId SECOND = new ImportId("second");

    /** More batches than the loader asks for at once. */
    private static final int MANY = 6_100;

    private final Map<String, String> loaded = new HashMap<>();

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void everyCodeComesUnderItsSequenceInBatches(MongoServer server) {
        ContractDatabase.on(server, CodeLoaderIT.class, database -> {
            CodeLoader loader = new CodeLoader(database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, MANY));

            AtomicInteger batches = new AtomicInteger();

            loader.load(ID, account(MANY), 1, MANY, loaded::putAll, batches::incrementAndGet);

            assertThat(batches).as("of each of which it is told").hasValue(7);
            assertThat(loaded).hasSize(MANY - 1).doesNotContainKey("0");
            assertThat(IntStream.range(1, MANY))
                    .allMatch(sequence -> ("standard|CODE-first-" + sequence).equals(loaded.get("" + sequence)));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void eachImportCountsItsRowsFromZero(MongoServer server) {
        ContractDatabase.on(server, CodeLoaderIT.class, database -> {
            CodeLoader loader = new CodeLoader(database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, 2));
            insert(database, Documents.TICKET_CODES, codes(SECOND, 2));

            loader.load(ID, account(2, 4), 1, 4, loaded::putAll, () -> {});

            assertThat(loaded)
                    .isEqualTo(Map.of(
                            "1", "standard|CODE-first-1",
                            "2", "standard|CODE-second-0",
                            "3", "standard|CODE-second-1"));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aCodeThatIsMissingIsSaidAndNothingIsLoaded(MongoServer server) {
        ContractDatabase.on(server, CodeLoaderIT.class, database -> {
            CodeLoader loader = new CodeLoader(database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, 3));

            assertThatThrownBy(() -> loader.load(ID, account(5), 0, 5, loaded::putAll, () -> {}))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("MongoDB lacks 2 codes of activity night among sequences 0 to 4");
            assertThat(loaded).isEmpty();
        });
    }

    /** @param ends of the first import's sequences, and of the second's */
    private static MemoryActivityAccount account(int... ends) {
        MemoryActivityAccount account = new MemoryActivityAccount();
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            account.addStock(new StockRange(from, ends[i], new TicketKind("standard"), i == 0 ? FIRST : SECOND));
            from = ends[i];
        }
        return account;
    }

    private static Document[] codes(ImportId importId, int count) {
        return IntStream.range(0, count)
                .mapToObj(row -> new Document("_id", Documents.codeId(ID, importId, row))
                        .append(Documents.Code.TICKET_KIND, "standard")
                        .append(Documents.Code.CODE, TestCodes.SEAL.seal(ID, "CODE-" + importId.value() + "-" + row)))
                .toArray(Document[]::new);
    }
}
