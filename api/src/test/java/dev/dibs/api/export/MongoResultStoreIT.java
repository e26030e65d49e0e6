package dev.dibs.api.export;

import static dev.dibs.api.ContractDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ContractDatabase;
import dev.dibs.api.codes.TestCodes;
import dev.dibs.api.export.ResultStore.Projected;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What an export reads, from each server at hand. */
@Timeout(120)
class MongoResultStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ActivityId ID = new ActivityId("night");
    private static final LogPosition END = new LogPosition(0, 1_000_000);
    private static final ExportFilter ALL = ExportFilter.NONE;

    private static final CodeSeal OF_ANOTHER =
            new CodeSeal(CodeSecrets.of(List.of(), "", "of-somebody-else-and-more-than-32-characters"));

    /** More than two batches of the store. */
    private static final int MANY = 1_100;

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void allRowsComeBySequenceHoweverTheyLie(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(
                    database,
                    // Each sequence once, in an order that is none.
                    IntStream.range(0, MANY)
                            .mapToObj(i -> ticket(i * 701 % MANY, i))
                            .toArray(Document[]::new));

            assertThat(sequences(database, query(END, ALL, null)))
                    .isEqualTo(IntStream.range(0, MANY).boxed().toList());
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void onlyTheActivityAndWhatTheLogSaysBeforeThePositionCount(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(
                    database,
                    ticket(0, 9),
                    ticket(1, 10),
                    ticket(2, 3).append(UserTicket.ACTIVITY_ID, "another"),
                    ticket(3, 3).append(UserTicket.PARTITION, 1));

            assertThat(sequences(database, query(new LogPosition(0, 10), ALL, null)))
                    .containsExactly(0);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void rangesBeginWithTheirFirstAndEndBeforeTheirLast(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(database, IntStream.range(0, 10).mapToObj(i -> ticket(i, i)).toArray(Document[]::new));

            assertThat(sequences(database, query(END, filter(2, 5, 0, ExportFilter.NO_TIME_END), null)))
                    .containsExactly(2, 3, 4);
            assertThat(sequences(
                            database,
                            query(END, filter(0, ExportFilter.NO_SEQUENCE_END, grabbedAt(6), grabbedAt(8)), null)))
                    .containsExactly(6, 7);
            assertThat(sequences(database, query(END, filter(2, 5, 0, ExportFilter.NO_TIME_END), 3)))
                    .containsExactly(4);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aRowTellsWhatStoodAtThePosition(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(
                    database,
                    ticket(0, 0),
                    used(ticket(1, 1), UserTicket.REDEEMED_AT, 77, UserTicket.REDEEMED_OFFSET, 8),
                    used(ticket(2, 2), UserTicket.REVOKED_AT, 78, UserTicket.REVOKED_OFFSET, 9),
                    used(ticket(3, 3), UserTicket.REDEEMED_AT, 79, UserTicket.REDEEMED_OFFSET, 10));

            assertThat(rows(database, query(new LogPosition(0, 10), ALL, null)))
                    .containsExactly(
                            row(0, null),
                            row(1, new ResultRow.Use(TicketState.REDEEMED, 77, 8)),
                            row(2, new ResultRow.Use(TicketState.REVOKED, 78, 9)),
                            row(3, null));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void codesAreReadOnlyWhereTheyAreAskedFor(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(database, ticket(0, 0).append(UserTicket.CODE, OF_ANOTHER.seal(ID, "CODE-0")), ticket(1, 1));

            assertThatThrownBy(() -> rows(database, new RowQuery(Documents.USER_TICKETS, ID, END, ALL, null, true)))
                    .isInstanceOf(UnreadableCodeException.class);
            assertThat(rows(database, query(END, ALL, null)))
                    .extracting(ResultRow::code)
                    .containsExactly(null, null);
            assertThat(rows(database, new RowQuery(Documents.USER_TICKETS, ID, END, ALL, 0, true)))
                    .extracting(ResultRow::code)
                    .containsExactly("CODE-1");
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aTicketOfWhichNobodyKnowsWhenItWasUsedEndsTheExport(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            tickets(database, ticket(0, 0).append(UserTicket.REDEEMED_AT, 77L));

            assertThatThrownBy(() -> rows(database, query(END, ALL, null)))
                    .isInstanceOf(OutdatedProjectionException.class);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void theCollectionAndThePositionAreThoseOfThePointer(MongoServer server) {
        ContractDatabase.on(server, MongoResultStoreIT.class, database -> {
            ResultStore store = new MongoResultStore(database, TestCodes.SEAL);
            assertThat(store.projected(2).block(PATIENCE)).isEqualTo(new Projected(Documents.USER_TICKETS, 0));
            insert(database, Documents.PROJECTIONS, position(Documents.USER_TICKETS, 5_000_000_000L));
            assertThat(store.projected(2).block(PATIENCE))
                    .isEqualTo(new Projected(Documents.USER_TICKETS, 5_000_000_000L));

            insert(
                    database,
                    Documents.PROJECTIONS,
                    new Document("_id", Documents.USER_TICKETS).append(Projection.COLLECTION, "user_tickets_2"),
                    position("user_tickets_2", 7));

            assertThat(store.projected(2).block(PATIENCE)).isEqualTo(new Projected("user_tickets_2", 7));
        });
    }

    private static Document position(String collection, long next) {
        return new Document("_id", Documents.positionId(collection, 2)).append(Projection.NEXT_OFFSET, next);
    }

    private static RowQuery query(LogPosition before, ExportFilter filter, Integer after) {
        return new RowQuery(Documents.USER_TICKETS, ID, before, filter, after, false);
    }

    private static ExportFilter filter(int fromSequence, int toSequence, long grabbedFrom, long grabbedTo) {
        return new ExportFilter(ALL.states(), fromSequence, toSequence, grabbedFrom, grabbedTo);
    }

    private static List<Integer> sequences(MongoDatabase database, RowQuery query) {
        return rows(database, query).stream().map(ResultRow::sequence).toList();
    }

    private static List<ResultRow> rows(MongoDatabase database, RowQuery query) {
        return new MongoResultStore(database, TestCodes.SEAL)
                .rows(query)
                .collectList()
                .block(PATIENCE);
    }

    private static ResultRow row(int sequence, ResultRow.Use use) {
        return new ResultRow(
                sequence,
                "ticket-" + sequence,
                "user-" + sequence,
                "standard",
                null,
                grabbedAt(sequence),
                sequence,
                use);
    }

    private static void tickets(MongoDatabase database, Document... tickets) {
        insert(database, Documents.USER_TICKETS, tickets);
    }

    private static Document used(Document ticket, String atField, long at, String offsetField, long offset) {
        return ticket.append(atField, at).append(offsetField, offset);
    }

    /** Beyond 32 bits, as times are. */
    private static long grabbedAt(long offset) {
        return 1_700_000_000_000L + offset;
    }

    private static Document ticket(int sequence, long offset) {
        return new Document("_id", "ticket-" + sequence)
                .append(UserTicket.USER_ID, "user-" + sequence)
                .append(UserTicket.ACTIVITY_ID, ID.value())
                .append(UserTicket.SEQUENCE, sequence)
                .append(UserTicket.TICKET_KIND, "standard")
                .append(UserTicket.CODE, TestCodes.SEAL.seal(ID, "CODE-" + sequence))
                .append(UserTicket.GRABBED_AT, grabbedAt(offset))
                .append(UserTicket.REQUEST, "r")
                .append(UserTicket.PARTITION, 0)
                .append(UserTicket.OFFSET, offset);
    }
}
