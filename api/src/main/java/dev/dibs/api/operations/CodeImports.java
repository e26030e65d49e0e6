package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Imports a file of codes: all of it or nothing. The fingerprints come first, then the codes, and the stock last; an
 * import that died in between is finished by repeating it.
 */
final class CodeImports {
    private static final Logger log = LoggerFactory.getLogger(CodeImports.class);

    private final CodeStore store;
    private final CodeClaims claims;
    private final StockAppender stock;
    private final Catalogue catalogue;
    private final Reconciliation reconciliation;
    private final ImportLimits limits;
    private final Scheduler files = Schedulers.boundedElastic();

    CodeImports(
            CodeStore store,
            CodeClaims claims,
            StockAppender stock,
            Catalogue catalogue,
            Reconciliation reconciliation,
            ImportLimits limits) {
        this.store = store;
        this.claims = claims;
        this.stock = stock;
        this.catalogue = catalogue;
        this.reconciliation = reconciliation;
        this.limits = limits;
    }

    /**
     * @param importId of the file's content
     * @param progress is told how far it is
     */
    Mono<Outcome<ImportReport>> add(Activity activity, ImportId importId, Path file, ImportProgress progress) {
        return Mono.defer(() -> stock.known(activity.activityId(), importId)
                        .<Mono<Outcome<ImportReport>>>map(known -> Mono.just(new Outcome.Done<>(known)))
                        .orElseGet(() -> checkAndAdd(activity, importId, file, progress)))
                .flatMap(outcome -> outcome instanceof Outcome.Done<ImportReport> done
                        ? follow(activity.activityId(), done.value())
                        : Mono.just(outcome));
    }

    private Mono<Outcome<ImportReport>> checkAndAdd(
            Activity activity, ImportId importId, Path file, ImportProgress progress) {
        return Mono.fromCallable(() -> {
                    progress.enters(ImportJob.Stage.CHECKING);
                    CheckedFile checked = FileCheck.check(file, activity, limits.maxRows(), progress);
                    progress.has(checked.codes().size());
                    progress.enters(ImportJob.Stage.COMPARING);
                    return checked;
                })
                .subscribeOn(files)
                .flatMap(checked -> claims.obstacles(activity.activityId(), importId, checked.codes(), progress)
                        .flatMap(obstacles -> {
                            checked.bad().addAll(obstacles.taken());
                            if (checked.bad().count() > 0) {
                                return refuse(activity, importId, badRows(checked.bad()));
                            }
                            if (obstacles.unfinished() != null) {
                                return refuse(activity, importId, unfinished(obstacles.unfinished()));
                            }
                            return write(activity, importId, file, checked, progress);
                        }));
    }

    private Mono<Outcome<ImportReport>> write(
            Activity activity, ImportId importId, Path file, CheckedFile checked, ImportProgress progress) {
        progress.enters(ImportJob.Stage.CLAIMING);
        return store.begin(activity.activityId(), importId)
                .flatMap(run -> claims.claim(run, checked.codes(), progress).flatMap(faster -> {
                    if (faster.isPresent()) {
                        return refuse(activity, importId, unfinished(faster.get()));
                    }
                    progress.enters(ImportJob.Stage.STORING);
                    return storeCodes(run, activity, file, progress)
                            .then(Mono.defer(() -> store.seal(run)))
                            .doOnNext(allIsWritten -> progress.enters(ImportJob.Stage.ADDING))
                            .flatMap(allIsWritten -> allIsWritten
                                    ? stock.append(
                                            activity.activityId(),
                                            importId,
                                            checked.codes().size(),
                                            checked.kind())
                                    : Mono.just(new Outcome.Refused<>(givenUp(importId))));
                }));
    }

    private Mono<Void> storeCodes(ImportRun run, Activity activity, Path file, ImportProgress progress) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> CodeBatches.open(file, activity, limits.batchSize()))
                        .subscribeOn(files),
                batches -> Mono.fromCallable(batches::next)
                        .subscribeOn(files)
                        .flatMap(batch -> batch.isEmpty()
                                ? Mono.just(false)
                                : store.store(run, batch)
                                        .doOnSuccess(done -> progress.stored(
                                                batch.get(batch.size() - 1).row() + 1))
                                        .thenReturn(true))
                        .repeat()
                        .takeWhile(more -> more)
                        .then(),
                batches -> Mono.fromCallable(() -> {
                            batches.close();
                            return batches;
                        })
                        .subscribeOn(files));
    }

    /**
     * Whoever is refused lets go of what an earlier attempt may have written: else two imports that died with a part of
     * each other's codes could neither be finished nor be put right.
     */
    private Mono<Outcome<ImportReport>> refuse(Activity activity, ImportId importId, Problem problem) {
        return store.giveUp(activity.activityId(), importId).thenReturn(new Outcome.Refused<>(problem));
    }

    /** Drafts have nothing in Redis yet that could follow. */
    private Mono<Outcome<ImportReport>> follow(ActivityId activityId, ImportReport report) {
        log.info(
                "Codes imported; activityId={} importId={} from={} to={} added={}",
                activityId,
                report.importId(),
                report.from(),
                report.to(),
                report.added());
        // Asked for now and not before the import: it may have been published meanwhile.
        Activity now = catalogue.find(activityId);
        if (now == null || now.state() == ActivityState.DRAFT) {
            return Mono.just(new Outcome.Done<>(report));
        }
        return reconciliation
                .follow(activityId, "The codes are imported")
                .map(problem -> problem.isPresent()
                        ? new Outcome.Refused<>(
                                problem.get().with("importId", report.importId().value()))
                        : new Outcome.Done<>(report));
    }

    private static Problem badRows(BadRows bad) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "bad-rows",
                        "%d bad row%s; nothing was imported".formatted(bad.count(), bad.count() == 1 ? "" : "s"))
                .with("badRows", bad.count())
                .with("rows", bad.first());
    }

    private static Problem unfinished(ImportRun other) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "unfinished-import",
                        "Import %s of activity %s has some of these codes and is not finished; finish it by repeating it"
                                .formatted(other.importId(), other.activityId()))
                .with("importId", other.importId().value())
                .with("activityId", other.activityId().value());
    }

    private static Problem givenUp(ImportId importId) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "given-up",
                        "The same file was imported at the same time, and that gave up; repeat the import")
                .with("importId", importId.value());
    }
}
