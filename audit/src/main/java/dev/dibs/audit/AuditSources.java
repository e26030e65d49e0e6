package dev.dibs.audit;

import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import java.util.Optional;
import java.util.Set;

/**
 * What an audit reads.
 *
 * @param kafka bootstrap servers, such as {@code 127.0.0.1:9092}
 * @param redis a URI, such as {@code redis://127.0.0.1:6379}
 * @param mongodb a connection string, such as {@code mongodb://127.0.0.1:27017}
 * @param database the database in MongoDB
 * @param csv an exported file, where there is one
 * @param activities the activities to audit; empty for all that are found
 */
public record AuditSources(
        String kafka,
        String redis,
        String mongodb,
        String database,
        Optional<CsvExport> csv,
        Set<ActivityId> activities) {
    public AuditSources {
        requireText("kafka", kafka);
        requireText("redis", redis);
        requireText("mongodb", mongodb);
        requireText("database", database);
        if (csv == null || activities == null) {
            throw new IllegalArgumentException("csv and activities must not be null");
        }
        activities = Set.copyOf(activities);
    }

    /** All activities on these servers, in the usual database, without a CSV file. */
    public static AuditSources of(String kafka, String redis, String mongodb) {
        return new AuditSources(kafka, redis, mongodb, Documents.DATABASE, Optional.empty(), Set.of());
    }

    public AuditSources withCsv(CsvExport export) {
        return new AuditSources(kafka, redis, mongodb, database, Optional.of(export), activities);
    }

    public AuditSources withActivities(Set<ActivityId> only) {
        return new AuditSources(kafka, redis, mongodb, database, csv, only);
    }

    boolean includes(ActivityId activityId) {
        return activities.isEmpty() || activities.contains(activityId);
    }

    private static void requireText(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }
}
