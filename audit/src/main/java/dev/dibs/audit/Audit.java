package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares everything that is derived from the log with the fold of the log. It reads only; whoever runs it waits
 * first until what is derived has caught up, see {@link Quiescence}; where the log may be written to meanwhile, see
 * {@link LiveAudit}.
 *
 * <p>Memory: about 200 bytes for each valid grab, whatever the size of the rows.
 */
public final class Audit {
    private final AuditSources sources;

    public Audit(AuditSources sources) {
        this.sources = sources;
    }

    /**
     * Reads everything once.
     *
     * @throws AuditSourceException if something cannot be read; the message names it
     */
    public AuditReport run() {
        Findings findings = new Findings();
        AuditedActivities activities = new AuditedActivities(sources, findings);
        KafkaSource kafka = new KafkaSource(sources.kafka());
        List<Finding> ofTheLog;
        try (MongoSource mongo = new MongoSource(sources);
                RedisSource redis = new RedisSource(sources)) {
            new LogReader(kafka, activities, findings).read();
            // Nothing else has been compared with yet.
            ofTheLog = findings.all();
            sources.csv().forEach(csv -> activities.of(csv.activityId()));
            new CodesCheck(mongo, sources, activities, findings).run(CodesCheck.filter(sources));
            RedisCheck redisCheck = new RedisCheck(redis, findings);
            activities.all().forEach(redisCheck::run);
            new MongoCheck(sources, activities, findings).run(mongo, MongoCheck.filter(sources));
            new ResultsCheck(activities, findings).run(kafka);
            new StatisticsCheck(activities, findings).run(kafka);
            sources.csv()
                    .forEach(csv -> new CsvCheck(activities.of(csv.activityId()), findings, csv.manifest()).run(csv));
        }
        return report(activities, findings, ofTheLog);
    }

    private static AuditReport report(AuditedActivities activities, Findings findings, List<Finding> ofTheLog) {
        Map<ActivityId, Figures> figures = new LinkedHashMap<>();
        Figures total = Figures.NONE;
        for (AuditedActivity activity : activities.all()) {
            Figures own = activity.figures(findings.count(activity.id()));
            figures.put(activity.id(), own);
            total = total.plus(own);
        }
        // Some findings are of no activity, so the sum over the activities may be less than all of them.
        return new AuditReport(
                figures,
                total.withViolations(findings.count()),
                findings.all(),
                ofTheLog,
                activities.absences(),
                ReportLines.of(activities, findings));
    }
}
