package dev.dibs.api.tickets;

import static dev.dibs.api.ContractDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.ContractDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The code that a winner is shown, where Redis has it and where only each server at hand has. */
@Timeout(60)
class StoredTicketCodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TicketKind KIND = new TicketKind("standard");

    private final ActivityId id = TestIds.activity("stored-codes");
    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private RedisClient redis;
    private StatefulRedisConnection<String, String> connection;

    @BeforeEach
    void connect() {
        redis = RedisClient.create(TestServers.redis());
        connection = redis.connect();
        ledger.open(id, 3, 1);
    }

    @AfterEach
    void disconnect() {
        connection.sync().del(new InventoryKeys(id).codes());
        connection.close();
        redis.shutdown();
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatRedisHasLostIsReadFromMongo(MongoServer server) {
        ContractDatabase.on(server, StoredTicketCodesIT.class, database -> {
            TicketCodes codes = new StoredTicketCodes(connection.async(), database, ledger, TestCodes.SEAL);
            connection.sync().hset(new InventoryKeys(id).codes(), "0", "standard|IN-REDIS");
            insert(database, Documents.TICKET_CODES, code(1, "IN-MONGO-1"), code(2, "IN-MONGO-2"));

            assertThat(codes.find(id, 0).block(PATIENCE)).isEqualTo(new TicketCode(KIND, "IN-REDIS"));
            assertThat(codes.find(id, 2).block(PATIENCE)).isEqualTo(new TicketCode(KIND, "IN-MONGO-2"));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatIsNowhereIsAnError(MongoServer server) {
        ContractDatabase.on(server, StoredTicketCodesIT.class, database -> {
            TicketCodes codes = new StoredTicketCodes(connection.async(), database, ledger, TestCodes.SEAL);
            insert(database, Documents.TICKET_CODES, code(1, "IN-MONGO-1"));

            assertThatThrownBy(() -> codes.find(id, 2).block(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is neither in Redis nor in MongoDB");
        });
    }

    /** The ledger's stock is one import of this name. */
    private Document code(int row, String code) {
        return new Document("_id", Documents.codeId(id, new ImportId("import"), row))
                .append(Documents.Code.TICKET_KIND, KIND.value())
                .append(Documents.Code.CODE, TestCodes.SEAL.seal(id, code));
    }
}
