package dev.dibs.chaos.check;

import dev.dibs.audit.Audit;
import dev.dibs.audit.AuditReport;
import dev.dibs.audit.AuditSources;
import dev.dibs.audit.CsvExport;
import dev.dibs.audit.Quiescence;
import dev.dibs.chaos.Targets;
import dev.dibs.chaos.history.History;
import dev.dibs.ids.ActivityId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares, once everything is healed and the crowd has gone, what the clients were told with the raw log, and the
 * servers' copies with its fold. It reads only.
 */
public final class Checker {
    private final Targets targets;

    public Checker(Targets targets) {
        this.targets = targets;
    }

    /**
     * Waits until everything has come to rest, and checks all of it.
     *
     * @param history of the run
     * @param drained what the workload could not bring to an end; each is a violation
     * @param exports has the results of each activity exported, and answers the files; asked when everything is at rest
     * @param settle how long to wait at most for outboxes, projector and statistics
     */
    public CheckReport check(
            History history, List<String> drained, Supplier<Map<String, Path>> exports, Duration settle) {
        Violations violations = new Violations();
        drained.forEach(sentence -> settled(violations, sentence));
        AuditSources sources = AuditSources.of(targets.kafka(), targets.redis(), targets.mongodb())
                .withSeal(targets.seal())
                .withPseudonyms(targets.pseudonyms());
        Quiescence.await(sources, settle)
                .forEach(sentence -> settled(violations, "after " + settle.toSeconds() + " s " + sentence));
        Fold fold = Fold.of(targets.kafka());
        Set<String> activities = new HistoryChecks(fold, violations).run(history::forEach);
        AuditReport audit = audit(sources, activities, exports.get(), violations);
        return new CheckReport(
                violations.all(),
                violations.count(),
                fold.granted(),
                fold.voided(),
                fold.duplicates(),
                fold.undecodable(),
                audit.total());
    }

    private static AuditReport audit(
            AuditSources all, Set<String> activities, Map<String, Path> exports, Violations violations) {
        AuditSources sources =
                all.withActivities(activities.stream().map(ActivityId::new).collect(Collectors.toSet()));
        for (String activity : activities) {
            Path file = exports.get(activity);
            if (file != null) {
                sources = sources.withCsv(new CsvExport(file, new ActivityId(activity)));
            } else {
                settled(violations, "the results of " + activity + " could not be exported");
            }
        }
        AuditReport report = new Audit(sources).run();
        report.findings()
                .forEach(finding -> violations.add(
                        Promise.AUDIT,
                        finding.activityId(),
                        "",
                        Violation.NONE,
                        finding.promise() + " " + finding.sentence()));
        return report;
    }

    private static void settled(Violations violations, String sentence) {
        violations.add(Promise.SETTLED, "", "", Violation.NONE, sentence);
    }
}
