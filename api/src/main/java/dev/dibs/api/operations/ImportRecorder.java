package dev.dibs.api.operations;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps what is known of an upload up to date while it is worked on. */
final class ImportRecorder {
    private static final Logger log = LoggerFactory.getLogger(ImportRecorder.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ImportJobs jobs;
    private final Duration period;

    /** @param period between two notes of how far it is */
    ImportRecorder(ImportJobs jobs, Duration period) {
        this.jobs = jobs;
        this.period = period;
    }

    /** The first note. Fails where it cannot be kept: then the codes could not be stored either. */
    Mono<Void> begin(ImportProgress progress) {
        return Mono.defer(() -> jobs.save(progress.now())).timeout(PATIENCE);
    }

    /** The same work, with notes of how far it is; what fails or is refused in it is noted as its end. */
    <T> Mono<T> during(ImportProgress progress, Mono<T> work) {
        Mono<T> notes = Flux.interval(period)
                .onBackpressureDrop()
                .concatMap(tick -> note(progress))
                .then(Mono.never());
        return Mono.firstWithSignal(work, notes).onErrorResume(error -> {
            progress.finished(
                    error instanceof ProblemException ? ImportJob.Stage.REFUSED : ImportJob.Stage.FAILED,
                    error instanceof ProblemException refused
                            ? ImportJob.Result.of(refused.problem())
                            : new ImportJob.Result(
                                    null,
                                    "servers-unavailable",
                                    "A server that this needs did not answer; repeat the import",
                                    0,
                                    java.util.List.of()));
            return note(progress).then(Mono.error(error));
        });
    }

    Mono<Void> end(ImportProgress progress, Outcome<ImportReport> outcome) {
        return Mono.defer(() -> {
            if (outcome instanceof Outcome.Done<ImportReport> done) {
                progress.finished(
                        ImportJob.Stage.DONE, new ImportJob.Result(done.value(), null, "", 0, java.util.List.of()));
            } else {
                Problem problem = ((Outcome.Refused<ImportReport>) outcome).problem();
                progress.finished(
                        problem.status().is5xxServerError() ? ImportJob.Stage.FAILED : ImportJob.Stage.REFUSED,
                        ImportJob.Result.of(problem));
            }
            return note(progress);
        });
    }

    /** What is not noted now is noted the next time; the import itself does not fail for it. */
    private Mono<Void> note(ImportProgress progress) {
        return Mono.defer(() -> jobs.save(progress.now())).timeout(PATIENCE).onErrorResume(error -> {
            log.warn(
                    "How far an import is could not be noted; activityId={} error={}",
                    progress.now().activityId(),
                    error.toString());
            return Mono.empty();
        });
    }
}
