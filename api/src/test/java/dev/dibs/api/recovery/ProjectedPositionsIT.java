package dev.dibs.api.recovery;

import static dev.dibs.api.ContractDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ContractDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import org.bson.Document;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** How far the projection is, on each server at hand. */
@Timeout(60)
class ProjectedPositionsIT {

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aPartitionIsAsFarAsItsPositionSays(MongoServer server) {
        ContractDatabase.on(server, ProjectedPositionsIT.class, database -> {
            ProjectedPositions positions = new ProjectedPositions(database);
            assertThat(positions.hasReached(1, 0)).isTrue();
            assertThat(positions.hasReached(1, 1)).isFalse();
            insert(database, Documents.PROJECTIONS, position(Documents.USER_TICKETS, 1, 5_000_000_000L));

            assertThat(positions.hasReached(1, 5_000_000_000L)).isTrue();
            assertThat(positions.hasReached(1, 5_000_000_001L)).isFalse();
            assertThat(positions.hasReached(2, 1)).isFalse();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void theCollectionThatThePointerNamesCounts(MongoServer server) {
        ContractDatabase.on(server, ProjectedPositionsIT.class, database -> {
            ProjectedPositions positions = new ProjectedPositions(database);
            insert(
                    database,
                    Documents.PROJECTIONS,
                    new Document("_id", Documents.USER_TICKETS).append(Projection.COLLECTION, "user_tickets_2"),
                    position(Documents.USER_TICKETS, 1, 9),
                    position("user_tickets_2", 1, 4));

            assertThat(positions.hasReached(1, 4)).isTrue();
            assertThat(positions.hasReached(1, 5)).isFalse();
        });
    }

    private static Document position(String collection, int partition, long next) {
        return new Document("_id", Documents.positionId(collection, partition)).append(Projection.NEXT_OFFSET, next);
    }
}
