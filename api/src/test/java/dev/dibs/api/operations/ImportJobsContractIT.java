package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What whoever keeps jobs promises: in memory, and on each server at hand. */
@Timeout(120)
class ImportJobsContractIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ActivityId ACTIVITY = new ActivityId("a");
    private static final ActivityId OTHER = new ActivityId("b");

    static Stream<MongoServer> everywhere() {
        return Stream.concat(Stream.of(new MongoServer("memory", null)), MongoServers.atHand());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aJobIsKeptAsItIsNow(MongoServer server) {
        on(server, jobs -> {
            ImportJob begun = job("one", ACTIVITY, null, ImportJob.Stage.RECEIVING, 5, ImportJob.Result.NONE);
            jobs.save(begun).block(PATIENCE);
            assertThat(jobs.find(ACTIVITY, "one").block(PATIENCE)).isEqualTo(begun);
            ImportId id = new ImportId("content");
            ImportJob done = job(
                    "one",
                    ACTIVITY,
                    id,
                    ImportJob.Stage.DONE,
                    5,
                    new ImportJob.Result(new ImportReport(id, 3, 9, true), null, "", 0, List.of()));

            jobs.save(done).block(PATIENCE);

            assertThat(jobs.of(ACTIVITY).block(PATIENCE)).containsExactly(done);
            assertThat(jobs.find(ACTIVITY, "content").block(PATIENCE)).isEqualTo(done);
            assertThat(jobs.find(OTHER, "one").block(PATIENCE)).isNull();
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void badRowsAreKeptAndTheLatestJobOfAnImportIsFound(MongoServer server) {
        on(server, jobs -> {
            ImportId id = new ImportId("content");
            ImportJob.Result refused = new ImportJob.Result(
                    null, "bad-rows", "2 bad rows", 2, List.of(new BadRow(3, "code", "must not be empty")));
            ImportJob early = job("one", ACTIVITY, id, ImportJob.Stage.REFUSED, 5, refused);
            ImportJob late = job("two", ACTIVITY, id, ImportJob.Stage.STORING, 6, ImportJob.Result.NONE);
            jobs.save(late).block(PATIENCE);
            jobs.save(early).block(PATIENCE);

            assertThat(jobs.of(ACTIVITY).block(PATIENCE)).containsExactly(late, early);
            assertThat(jobs.find(ACTIVITY, "content").block(PATIENCE)).isEqualTo(late);
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void onlyTheLatestOfAnActivityAreKept(MongoServer server) {
        on(server, jobs -> {
            jobs.save(job("other", OTHER, null, ImportJob.Stage.DONE, 1, ImportJob.Result.NONE))
                    .block(PATIENCE);
            for (int i = 0; i <= ImportJobs.KEPT; i++) {
                jobs.save(job("job-" + i, ACTIVITY, null, ImportJob.Stage.DONE, 10 + i, ImportJob.Result.NONE))
                        .block(PATIENCE);
            }

            assertThat(jobs.find(ACTIVITY, "job-0").block(PATIENCE)).isNull();
            assertThat(jobs.of(ACTIVITY).block(PATIENCE)).hasSize(ImportJobs.KEPT);
            assertThat(jobs.of(OTHER).block(PATIENCE)).hasSize(1);
        });
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aNoteThatComesLateDoesNotBringBackWhatHasEnded(MongoServer server) {
        on(server, jobs -> {
            ImportJob adding = job("one", ACTIVITY, null, ImportJob.Stage.ADDING, 5, ImportJob.Result.NONE);
            ImportJob done = job("one", ACTIVITY, null, ImportJob.Stage.DONE, 5, ImportJob.Result.NONE);
            jobs.save(adding).block(PATIENCE);
            jobs.save(done).block(PATIENCE);

            jobs.save(adding).block(PATIENCE);

            assertThat(jobs.of(ACTIVITY).block(PATIENCE)).containsExactly(done);
        });
    }

    private static ImportJob job(
            String name,
            ActivityId activityId,
            ImportId importId,
            ImportJob.Stage stage,
            long startedAt,
            ImportJob.Result result) {
        return new ImportJob(
                name,
                activityId,
                importId,
                stage,
                new ImportJob.Counts(100, 200, 6, 6, 5, 4, 3),
                result,
                startedAt,
                startedAt + 1,
                stage.isLast() ? startedAt + 1 : 0);
    }

    private static void on(MongoServer server, Consumer<ImportJobs> test) {
        if (server.uri() == null) {
            test.accept(new MemoryImportJobs());
            return;
        }
        try (MongoClient client = MongoClients.create(server.uri())) {
            var database = client.getDatabase(TestDatabase.nameFor(ImportJobsContractIT.class));
            test.accept(new MongoImportJobs(database));
            Mono.from(database.drop()).block(PATIENCE);
        }
    }
}
