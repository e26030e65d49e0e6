package dev.dibs.api.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Holding;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import reactor.core.publisher.Mono;

class MongoProjectedTicketsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UserId ALICE = new UserId("alice");
    private static final TicketId FIRST = ticket(1);
    private static final TicketId SECOND = ticket(2);
    private static final TicketId THIRD = ticket(3);

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void readsWhatTheProjectorWrites(MongoServer server) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(MongoProjectedTicketsIT.class));
            ProjectedTickets tickets = new MongoProjectedTickets(database, PATIENCE, System::nanoTime, TestCodes.SEAL);
            assertThat(tickets.of(ALICE, null, 10).block()).isEmpty();
            insert(database, Documents.USER_TICKETS, document(FIRST, "alice", 100));
            insert(
                    database,
                    Documents.USER_TICKETS,
                    document(SECOND, "alice", 200).append(UserTicket.REDEEMED_AT, 300L));
            insert(
                    database,
                    Documents.USER_TICKETS,
                    document(THIRD, "bobby", 200).append(UserTicket.REVOKED_AT, 300L));

            List<ListedTicket> all = tickets.of(ALICE, null, 10).block();

            assertThat(all)
                    .extracting(ListedTicket::ticket)
                    .containsExactly(owned(SECOND, 200, Holding.Use.REDEEMED), owned(FIRST, 100, Holding.Use.UNUSED));
            assertThat(tickets.of(ALICE, null, 1).block()).containsExactly(all.get(0));
            assertThat(tickets.of(ALICE, new TicketCursor(200, SECOND.toString()), 10)
                            .block())
                    .containsExactly(all.get(1));
            assertThat(tickets.find(ALICE, FIRST).block()).isEqualTo(all.get(1).ticket());
            assertThat(tickets.find(ALICE, THIRD).block()).isNull();
            assertThat(tickets.find(new UserId("bobby"), THIRD).block().use()).isEqualTo(Holding.Use.REVOKED);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void followsThePointerToARebuiltCollection(MongoServer server) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(MongoProjectedTicketsIT.class));
            ProjectedTickets tickets = new MongoProjectedTickets(database, PATIENCE, System::nanoTime, TestCodes.SEAL);
            insert(database, Documents.USER_TICKETS, document(FIRST, "alice", 100));
            insert(database, "user_tickets_2", document(SECOND, "alice", 200));
            assertThat(tickets.of(ALICE, null, 10).block()).hasSize(1);

            insert(
                    database,
                    Documents.PROJECTIONS,
                    new Document("_id", Documents.USER_TICKETS)
                            .append(Documents.Projection.COLLECTION, "user_tickets_2"));

            await().atMost(PATIENCE)
                    .until(() -> tickets.of(ALICE, null, 10)
                            .block()
                            .get(0)
                            .ticket()
                            .ticketId()
                            .equals(SECOND));
        }
    }

    @Test
    void failsInBoundedTimeWhereThereIsNoServerAndThenAtOnce() {
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:1")) {
            ProjectedTickets tickets = new MongoProjectedTickets(
                    client.getDatabase("dibs"), Duration.ofMillis(200), () -> 0, TestCodes.SEAL);

            assertThatThrownBy(() -> tickets.of(ALICE, null, 10).block(PATIENCE))
                    .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThatThrownBy(() -> tickets.find(ALICE, FIRST).block(PATIENCE))
                    .hasMessageContaining("did not answer a moment ago");
        }
    }

    @Test
    void aTicketThatCannotBeReadHidesNoOther() {
        try (MongoClient client = MongoClients.create(TestServers.mongodb())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(MongoProjectedTicketsIT.class));
            ProjectedTickets tickets = new MongoProjectedTickets(database, PATIENCE, System::nanoTime, TestCodes.SEAL);
            insert(
                    database,
                    Documents.USER_TICKETS,
                    document(FIRST, "alice", 100)
                            .append(UserTicket.CODE, TestCodes.SEAL.seal(new ActivityId("another-night"), "CODE")));
            insert(database, Documents.USER_TICKETS, document(SECOND, "alice", 200));
            insert(database, Documents.USER_TICKETS, document(THIRD, "bobby", 200));

            List<ListedTicket> all = tickets.of(ALICE, null, 10).block(PATIENCE);

            assertThat(all.get(0)).isEqualTo(ListedTicket.readable(owned(SECOND, 200, Holding.Use.UNUSED)));
            assertThat(all.get(1).place()).isEqualTo(new TicketCursor(100, FIRST.toString()));
            assertThat(all.get(1).error()).isInstanceOf(UnreadableCodeException.class);
            assertThatThrownBy(() -> tickets.find(ALICE, FIRST).block(PATIENCE))
                    .isInstanceOf(UnreadableCodeException.class);
            assertThat(tickets.of(new UserId("bobby"), null, 10).block(PATIENCE))
                    .containsExactly(ListedTicket.readable(owned(THIRD, 200, Holding.Use.UNUSED)));
        }
    }

    private static TicketId ticket(long number) {
        return new TicketId(new UUID(0x7000L, number));
    }

    private static OwnedTicket owned(TicketId id, long grabbedAt, Holding.Use use) {
        return new OwnedTicket(id, new ActivityId("night"), 4, new TicketKind("standard"), "CODE", grabbedAt, use);
    }

    private static Document document(TicketId id, String user, long grabbedAt) {
        return new Document("_id", id.toString())
                .append(UserTicket.USER_ID, user)
                .append(UserTicket.ACTIVITY_ID, "night")
                .append(UserTicket.SEQUENCE, 4)
                .append(UserTicket.TICKET_KIND, "standard")
                .append(UserTicket.CODE, "CODE")
                .append(UserTicket.GRABBED_AT, grabbedAt);
    }

    private static void insert(MongoDatabase database, String collection, Document document) {
        Mono.from(database.getCollection(collection).insertOne(document)).block();
    }
}
