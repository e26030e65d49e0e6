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
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Codes on their way into Redis, from each server at hand. */
@Timeout(120)
class CodeLoaderIT {
    private static final ActivityId ID = new ActivityId("night");
    private static final ImportId FIRST = new ImportId("first");
    private static final ImportId SECOND = new ImportId("second");

    /** More than two batches of the loader. */
    private static final int MANY = 2_100;

    private final String key = TestIds.unique("code-loader");
    private RedisClient redis;
    private StatefulRedisConnection<String, String> connection;

    @BeforeEach
    void connect() {
        redis = RedisClient.create(TestServers.redis());
        connection = redis.connect();
    }

    @AfterEach
    void disconnect() {
        connection.sync().del(key);
        connection.close();
        redis.shutdown();
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void everyCodeComesUnderItsSequenceInBatches(MongoServer server) {
        ContractDatabase.on(server, CodeLoaderIT.class, database -> {
            CodeLoader loader = new CodeLoader(connection.async(), database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, MANY));

            AtomicInteger batches = new AtomicInteger();

            loader.load(ID, account(MANY), 1, MANY, key, batches::incrementAndGet);

            assertThat(batches).as("of each of which it is told").hasValue(3);
            Map<String, String> loaded = connection.sync().hgetall(key);
            assertThat(loaded).hasSize(MANY - 1).doesNotContainKey("0");
            assertThat(IntStream.range(1, MANY))
                    .allMatch(sequence -> ("standard|CODE-first-" + sequence).equals(loaded.get("" + sequence)));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void eachImportCountsItsRowsFromZero(MongoServer server) {
        ContractDatabase.on(server, CodeLoaderIT.class, database -> {
            CodeLoader loader = new CodeLoader(connection.async(), database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, 2));
            insert(database, Documents.TICKET_CODES, codes(SECOND, 2));

            loader.load(ID, account(2, 4), 1, 4, key, () -> {});

            assertThat(connection.sync().hgetall(key))
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
            CodeLoader loader = new CodeLoader(connection.async(), database, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, codes(FIRST, 3));

            assertThatThrownBy(() -> loader.load(ID, account(5), 0, 5, key, () -> {}))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("MongoDB lacks 2 codes of activity night among sequences 0 to 4");
            assertThat(connection.sync().exists(key)).isZero();
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
