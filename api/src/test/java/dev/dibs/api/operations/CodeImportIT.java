package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.events.StockAdded;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What imports promise, whatever happens in between; codes on a real server, the log in memory. */
@Timeout(180)
class CodeImportIT {
    @TempDir
    Path folder;

    private ImportWorld world;
    private Activity activity;

    @BeforeEach
    void start() {
        world = new ImportWorld(TestServers.mongodb(), folder);
        activity = world.activity("import");
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(world.leftFiles()).as("uploads left behind").isEmpty();
        world.close();
    }

    @Test
    void everyRowBecomesASequenceInItsOrder() {
        Outcome<ImportReport> outcome = world.add(world.imports(), activity, ImportWorld.csv("a", 25));

        assertThat(report(outcome))
                .extracting(ImportReport::from, ImportReport::to, ImportReport::added)
                .containsExactly(0, 25, true);
        assertThat(world.codesBySequence(activity)).isEqualTo(codes("a", 25));
        assertThat(((StockAdded) world.log.events().get(0)).ticketKind()).isEqualTo(TicketKind.MIXED);
    }

    @Test
    void theSameFileAgainAddsNothing() {
        ImportReport first = report(world.add(world.imports(), activity, ImportWorld.csv("a", 10)));

        ImportReport again = report(world.add(world.imports(), activity, ImportWorld.csv("a", 10)));

        assertThat(again).isEqualTo(new ImportReport(first.importId(), 0, 10, false));
        assertThat(world.log.events()).hasSize(1);
    }

    @Test
    void moreStockGoesBehindWhatThereIs() {
        world.add(world.imports(), activity, ImportWorld.csv("a", 10));

        ImportReport second = report(world.add(world.imports(), activity, ImportWorld.csv("b", 5)));

        assertThat(second).extracting(ImportReport::from, ImportReport::to).containsExactly(10, 15);
        assertThat(world.codesBySequence(activity)).endsWith("b4");
    }

    @Test
    void codesThatWereImportedBeforeAreNamedByRowAndNothingIsAdded() {
        Activity other = world.activity("other");
        world.add(world.imports(), other, ImportWorld.csv("a", 3));
        world.add(world.imports(), activity, ImportWorld.csv("b", 2));

        Problem problem = problem(world.add(
                world.imports(),
                activity,
                "code,ticket\nnew,standard\na1,standard\n,standard\nb0,premium\nc,premium\n"));

        assertThat(problem.status().value()).isEqualTo(422);
        assertThat(problem.members()).containsEntry("badRows", 3L);
        assertThat(rows(problem)).extracting(BadRow::row).containsExactly(3L, 4L, 5L);
        assertThat(rows(problem).get(0).message())
                .isEqualTo("was imported before, into activity " + other.activityId());
        assertThat(world.codesBySequence(activity)).containsExactly("b0", "b1");
        // What was refused holds nothing: its sound rows can come with another file.
        assertThat(report(world.add(world.imports(), activity, "code,ticket\nnew,standard\n"))
                        .added())
                .isTrue();
    }

    @Test
    void noAnswerHoldsACode() {
        world.add(world.imports(), activity, ImportWorld.csv("SECRET", 3));

        Problem problem = problem(world.add(
                world.imports(),
                activity,
                "code,ticket\nSECRET0,standard\nSECRET9,SECRET8\n SECRET7,standard\nSECRET6\n\"SECRET5\"x,standard\n"));

        assertThat(problem.detail() + problem.members()).doesNotContain("SECRET");
        assertThat(rows(problem)).hasSize(5);
    }

    @Test
    void whatIsOnSaleIsReconciledAndADraftIsNot() {
        world.add(world.imports(), activity, ImportWorld.csv("a", 2));
        assertThat(world.reconciled).isEmpty();
        Activity published = world.move(activity, ActivityState.PUBLISHED);

        world.add(world.imports(), published, ImportWorld.csv("b", 2));
        world.add(world.imports(), published, ImportWorld.csv("b", 2));

        assertThat(world.reconciled).containsExactly(activity.activityId(), activity.activityId());
    }

    @Test
    void anImportThatDiedAnywhereIsFinishedByRepeatingIt() {
        String csv = ImportWorld.csv("a", 25);
        FailingCodeStore counting = new FailingCodeStore(world.store, Integer.MAX_VALUE, false);
        world.add(world.imports(store -> counting), activity, csv);
        assertThat(counting.calls()).isGreaterThanOrEqualTo(10);

        for (int call = 1; call <= counting.calls(); call++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                // Given: an import that died at this call
                String name = call + (afterwards ? "after" : "before");
                Activity next = world.activity("died");
                String file = ImportWorld.csv(name + "-", 25);
                FailingCodeStore dying = new FailingCodeStore(world.store, call, afterwards);
                assertThat(failed(world.adding(world.imports(store -> dying), next, file)))
                        .as(name)
                        .isTrue();
                assertThat(world.codesBySequence(next)).as(name).isEmpty();
                // When
                ImportReport repeated = report(world.add(world.imports(), next, file));
                // Then
                assertThat(repeated.added()).as(name).isTrue();
                assertThat(world.codesBySequence(next)).as(name).isEqualTo(codes(name + "-", 25));
            }
        }
    }

    @Test
    void aFactThatIsLostIsWrittenByTheRepetition() {
        world.log.next(MemoryLog.Fault.LOST);

        Problem lost = problem(world.add(world.imports(), activity, ImportWorld.csv("a", 3)));
        ImportReport repeated = report(world.add(world.imports(), activity, ImportWorld.csv("a", 3)));

        assertThat(lost.kind()).isEqualTo("not-confirmed");
        assertThat(repeated.added()).isTrue();
        assertThat(world.codesBySequence(activity)).isEqualTo(codes("a", 3));
    }

    @Test
    void aFactThatWasNotConfirmedIsFoundByTheRepetition() {
        world.log.next(MemoryLog.Fault.UNCONFIRMED);

        Problem unconfirmed = problem(world.add(world.imports(), activity, ImportWorld.csv("a", 3)));
        ImportReport repeated = report(world.add(world.imports(), activity, ImportWorld.csv("a", 3)));

        assertThat(unconfirmed.kind()).isEqualTo("not-confirmed");
        assertThat(repeated.added()).isFalse();
        assertThat(world.codesBySequence(activity)).isEqualTo(codes("a", 3));
    }

    @Test
    void whoLosesTheRaceForTheNextSequencesGoesBehindTheWinner() {
        ImportId elsewhere = new ImportId("elsewhere");
        world.log.justBeforeNext(() -> world.log.append(new StockAdded(
                UUID.randomUUID(), 1, activity.activityId(), 0, 7, new TicketKind("standard"), elsewhere)));

        ImportReport report = report(world.add(world.imports(), activity, ImportWorld.csv("a", 3)));

        assertThat(report).extracting(ImportReport::from, ImportReport::to).containsExactly(7, 10);
        assertThat(world.codesBySequence(activity).subList(7, 10)).isEqualTo(codes("a", 3));
    }

    @Test
    void theSameFileFromTwoSidesAtOnceIsAddedOnce() {
        String csv = ImportWorld.csv("a", 30);

        List<Outcome<ImportReport>> outcomes = atOnce(List.of(csv, csv, csv, csv));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(report(outcome).to()).isEqualTo(30));
        assertThat(outcomes).filteredOn(outcome -> report(outcome).added()).hasSize(1);
        assertThat(world.codesBySequence(activity)).isEqualTo(codes("a", 30));
    }

    @Test
    void differentFilesAtOnceAreAllAdded() {
        List<String> files = List.of(
                ImportWorld.csv("a", 15), ImportWorld.csv("b", 17), ImportWorld.csv("c", 10), ImportWorld.csv("d", 1));

        List<Outcome<ImportReport>> outcomes = atOnce(files);

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(report(outcome).added()).isTrue());
        List<String> codes = world.codesBySequence(activity);
        assertThat(codes).hasSize(43).doesNotContainNull();
        assertThat(new HashSet<>(codes)).hasSize(43);
    }

    @Test
    void ofFilesThatShareCodesAtMostOneIsAddedAndRepeatingThemSettlesIt() {
        // Given: both have the codes s0 to s9, each others of its own
        String one = ImportWorld.csv("s", 10) + body("one", 10);
        String two = "code,ticket\n" + body("two", 10) + body("s", 10);

        List<Outcome<ImportReport>> outcomes = atOnce(List.of(one, two));

        // Then: whoever was refused let go
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.Done)
                .hasSizeLessThanOrEqualTo(1);
        ImportReport settled = report(world.add(world.imports(), activity, winner(outcomes, one, two)));
        assertThat(settled.to()).isEqualTo(20);
        assertThat(new HashSet<>(world.codesBySequence(activity))).hasSize(20);
        assertThat(problem(world.add(world.imports(), activity, loser(outcomes, one, two)))
                        .status()
                        .value())
                .isEqualTo(422);
    }

    @Test
    void anUnfinishedImportOfTheSameCodesIsNamedAndFinishedByRepeatingIt() {
        // Given: an import that died with some of its fingerprints
        String died = ImportWorld.csv("a", 15);
        dieAtClaim(2, died);
        // When
        Problem refused = problem(world.add(world.imports(), activity, died + "more,standard\n"));
        // Then
        assertThat(refused.status().value()).isEqualTo(409);
        ImportReport finished = report(world.add(world.imports(), activity, died));
        assertThat(refused.members())
                .containsEntry("importId", finished.importId().value());
        assertThat(finished.added()).isTrue();
    }

    @Test
    void twoImportsThatDiedWithEachOthersCodesCanBePutRight() {
        // Given: each has claimed its first batch; the other's file has them too
        String one = ImportWorld.csv("x", 10) + body("y", 10);
        String two = ImportWorld.csv("y", 10) + body("x", 10);
        claimFirstBatch(one);
        claimFirstBatch(two);
        // When: the first is refused, and lets go
        assertThat(problem(world.add(world.imports(), activity, one)).status().value())
                .isEqualTo(409);
        // Then
        assertThat(report(world.add(world.imports(), activity, two)).added()).isTrue();
        assertThat(new HashSet<>(world.codesBySequence(activity))).hasSize(20);
        assertThat(problem(world.add(world.imports(), activity, one)).status().value())
                .isEqualTo(422);
    }

    @Test
    void aTwinThatWasSlowerCannotSealWhatHasBeenGivenUp() {
        ActivityId id = activity.activityId();
        ImportId importId = new ImportId("twin");
        ImportRun slow = world.store.begin(id, importId).block(ImportWorld.PATIENCE);
        world.store.giveUp(id, importId).block(ImportWorld.PATIENCE);
        ImportRun next = world.store.begin(id, importId).block(ImportWorld.PATIENCE);

        assertThat(world.store.seal(slow).block(ImportWorld.PATIENCE)).isFalse();
        assertThat(world.store.seal(next).block(ImportWorld.PATIENCE)).isTrue();
    }

    private void dieAtClaim(int claim, String csv) {
        CodeStore dying = FailingCodeStore.atClaim(world.store, claim);
        assertThat(failed(world.adding(world.imports(store -> dying), activity, csv)))
                .isTrue();
    }

    /** As if both had looked for obstacles before either claimed. */
    private void claimFirstBatch(String csv) {
        CodeStore blindDying = FailingCodeStore.atClaim(world.store, 2).blind();
        assertThat(failed(world.adding(world.imports(store -> blindDying), activity, csv)))
                .isTrue();
    }

    private List<Outcome<ImportReport>> atOnce(List<String> files) {
        return Flux.fromIterable(files)
                .flatMapSequential(
                        csv -> Mono.defer(() -> world.adding(world.imports(), activity, csv))
                                .subscribeOn(Schedulers.boundedElastic()),
                        files.size())
                .collectList()
                .block(ImportWorld.PATIENCE);
    }

    private static String winner(List<Outcome<ImportReport>> outcomes, String one, String two) {
        return outcomes.get(1) instanceof Outcome.Done ? two : one;
    }

    private static String loser(List<Outcome<ImportReport>> outcomes, String one, String two) {
        return winner(outcomes, one, two).equals(one) ? two : one;
    }

    private static boolean failed(Mono<Outcome<ImportReport>> importing) {
        return importing
                .map(outcome -> false)
                .onErrorReturn(IllegalStateException.class, true)
                .blockOptional(ImportWorld.PATIENCE)
                .orElseThrow();
    }

    private static List<String> codes(String prefix, int count) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            codes.add(prefix + i);
        }
        return codes;
    }

    private static String body(String prefix, int codes) {
        String csv = ImportWorld.csv(prefix, codes);
        return csv.substring(csv.indexOf('\n') + 1);
    }

    private static ImportReport report(Outcome<ImportReport> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<ImportReport>) outcome).value();
    }

    private static Problem problem(Outcome<ImportReport> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<ImportReport>) outcome).problem();
    }

    @SuppressWarnings("unchecked")
    private static List<BadRow> rows(Problem problem) {
        return (List<BadRow>) problem.members().get("rows");
    }
}
