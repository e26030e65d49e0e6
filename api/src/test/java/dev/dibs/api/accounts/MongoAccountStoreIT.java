package dev.dibs.api.accounts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class MongoAccountStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void keepsTheContractOfAStore(MongoServer server) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            AccountStoreContract.keepsAll(new MongoAccountStore(
                    client.getDatabase(TestDatabase.nameFor(MongoAccountStoreIT.class)), PATIENCE));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void ofManyRotationsOfOneTokenOneSucceeds(MongoServer server) {
        assumeFalse(server.name().equals("FerretDB"), "FerretDB 1 does not update a document atomically");
        try (MongoClient client = MongoClients.create(server.uri())) {
            AccountStoreContract.oneOfManyRotationsSucceeds(new MongoAccountStore(
                    client.getDatabase(TestDatabase.nameFor(MongoAccountStoreIT.class)), PATIENCE));
        }
    }

    @Test
    void failsInBoundedTimeWhereThereIsNoServer() {
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:1")) {
            AccountStore store = new MongoAccountStore(client.getDatabase("dibs"), Duration.ofMillis(200));

            assertThatThrownBy(() -> store.find(new UserId("alice")).block(PATIENCE))
                    .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
        }
    }
}
