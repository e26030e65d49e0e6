package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.ids.ActivityId;
import dev.dibs.servers.FreePorts;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be read is named, in one sentence and within bounded time, and no password is repeated. */
class UnreachableSourcesIT {
    @BeforeAll
    static void createTopics() {
        TestTopics.create();
    }

    @Test
    void namesKafka() {
        String nobody = "127.0.0.1:" + FreePorts.next();

        AuditSourceException e = failure(AuditSources.of(nobody, TestServers.redis(), TestServers.mongodb()));

        assertThat(e.source()).isEqualTo(Source.KAFKA);
        assertThat(e).hasMessageStartingWith("Kafka at " + nobody + " cannot be read: ");
    }

    @Test
    void namesRedisWithoutItsPassword() {
        int port = FreePorts.next();

        AuditSourceException e = failure(
                AuditSources.of(TestServers.kafka(), "redis://:secret@127.0.0.1:" + port, TestServers.mongodb()));

        assertThat(e.source()).isEqualTo(Source.REDIS);
        assertThat(e).hasMessageStartingWith("Redis at 127.0.0.1:" + port + " cannot be read: ");
        assertThat(e.getMessage()).doesNotContain("secret");
    }

    @Test
    void namesMongoDbWithoutItsPassword() {
        int port = FreePorts.next();

        AuditSourceException e = failure(
                AuditSources.of(TestServers.kafka(), TestServers.redis(), "mongodb://me:secret@127.0.0.1:" + port));

        assertThat(e.source()).isEqualTo(Source.MONGODB);
        assertThat(e).hasMessageStartingWith("MongoDB at 127.0.0.1:" + port + " cannot be read: ");
        assertThat(e.getMessage()).doesNotContain("secret");
    }

    @Test
    void repeatsNothingOfAnAddressThatIsMalformed() {
        AuditSourceException redis = failure(AuditSources.of(TestServers.kafka(), "secret", TestServers.mongodb()));
        AuditSourceException mongo = failure(AuditSources.of(TestServers.kafka(), TestServers.redis(), "secret"));

        assertThat(redis).hasMessage("Redis at (no address) cannot be read: its URI is malformed");
        assertThat(mongo).hasMessage("MongoDB at (no address) cannot be read: its connection string is malformed");
    }

    @Test
    void namesTheCsvFile() {
        AuditSources sources = AuditSources.of(TestServers.kafka(), TestServers.redis(), TestServers.mongodb())
                .withCsv(new CsvExport(Path.of("no-such.csv"), new ActivityId("movie")));

        AuditSourceException e = failure(sources);

        assertThat(e.source()).isEqualTo(Source.CSV);
        assertThat(e).hasMessageContaining("no-such.csv");
    }

    @Test
    void aWaitForQuietNamesThemAsWell() {
        String nobody = "127.0.0.1:" + FreePorts.next();

        AuditSourceException e = catchThrowableOfType(
                AuditSourceException.class,
                () -> Quiescence.await(
                        AuditSources.of(nobody, TestServers.redis(), TestServers.mongodb()), Duration.ofSeconds(1)));

        assertThat(e.source()).isEqualTo(Source.KAFKA);
    }

    private static AuditSourceException failure(AuditSources sources) {
        return catchThrowableOfType(AuditSourceException.class, () -> new Audit(sources).run());
    }
}
