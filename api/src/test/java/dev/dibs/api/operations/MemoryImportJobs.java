package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Jobs in memory, by the same rules. */
final class MemoryImportJobs implements ImportJobs {
    private static final Comparator<ImportJob> LATEST_FIRST = Comparator.comparingLong(ImportJob::startedAt)
            .thenComparing(ImportJob::job)
            .reversed();

    private final Map<String, ImportJob> jobs = new ConcurrentHashMap<>();

    @Override
    public Mono<Void> save(ImportJob job) {
        return Mono.fromRunnable(() -> {
            jobs.merge(
                    job.activityId() + ":" + job.job(),
                    job,
                    (old, now) -> old.stage().isLast() && !now.stage().isLast() ? old : now);
            if (job.stage().isLast()) {
                latest(job.activityId()).stream()
                        .skip(KEPT)
                        .forEach(old -> jobs.values().remove(old));
            }
        });
    }

    @Override
    public Mono<List<ImportJob>> of(ActivityId activityId) {
        return Mono.fromCallable(() -> latest(activityId).stream().limit(KEPT).toList());
    }

    @Override
    public Mono<ImportJob> find(ActivityId activityId, String name) {
        return Mono.justOrEmpty(latest(activityId).stream()
                .filter(job -> job.job().equals(name)
                        || job.importId() != null && job.importId().value().equals(name))
                .findFirst());
    }

    private List<ImportJob> latest(ActivityId activityId) {
        return jobs.values().stream()
                .filter(job -> job.activityId().equals(activityId))
                .sorted(LATEST_FIRST)
                .toList();
    }
}
