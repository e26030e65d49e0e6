package dev.dibs.audit;

import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.UnreadableCodeException;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.pseudonyms.Pseudonyms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an audit reads.
 *
 * @param kafka bootstrap servers, such as {@code 127.0.0.1:9092}
 * @param redis a URI, such as {@code redis://127.0.0.1:6379}; also {@code redis-sentinel://} and {@code redis-cluster://}
 * @param mongodb a connection string, such as {@code mongodb://127.0.0.1:27017}
 * @param database the database in MongoDB
 * @param csv exported files, at most one of each activity
 * @param activities the activities to audit; empty for all that are found
 * @param seal opens the codes in MongoDB; null where they are plain
 * @param pseudonyms that the rows of the results are written with; null where no key is at hand, and buyers in these rows
 *     are not compared
 */
public record AuditSources(
        String kafka,
        String redis,
        String mongodb,
        String database,
        List<CsvExport> csv,
        Set<ActivityId> activities,
        CodeSeal seal,
        Pseudonyms pseudonyms) {
    public AuditSources {
        requireText("kafka", kafka);
        requireText("redis", redis);
        requireText("mongodb", mongodb);
        requireText("database", database);
        if (csv == null || activities == null) {
            throw new IllegalArgumentException("csv and activities must not be null");
        }
        csv = List.copyOf(csv);
        activities = Set.copyOf(activities);
    }

    /** Without a key for codes and for buyers. */
    public AuditSources(
            String kafka,
            String redis,
            String mongodb,
            String database,
            List<CsvExport> csv,
            Set<ActivityId> activities) {
        this(kafka, redis, mongodb, database, csv, activities, null, null);
    }

    /** All activities on these servers, in the usual database, without a CSV file. */
    public static AuditSources of(String kafka, String redis, String mongodb) {
        return new AuditSources(kafka, redis, mongodb, Documents.DATABASE, List.of(), Set.of(), null, null);
    }

    /** One exported file more. */
    public AuditSources withCsv(CsvExport export) {
        List<CsvExport> all = new ArrayList<>(csv);
        all.add(export);
        return new AuditSources(kafka, redis, mongodb, database, all, activities, seal, pseudonyms);
    }

    public AuditSources withActivities(Set<ActivityId> only) {
        return new AuditSources(kafka, redis, mongodb, database, csv, only, seal, pseudonyms);
    }

    public AuditSources withSeal(CodeSeal opens) {
        return new AuditSources(kafka, redis, mongodb, database, csv, activities, opens, pseudonyms);
    }

    public AuditSources withPseudonyms(Pseudonyms names) {
        return new AuditSources(kafka, redis, mongodb, database, csv, activities, seal, names);
    }

    /** A code as its owner sees it; what cannot be a code stays as it is. */
    Object code(ActivityId activityId, Object stored) {
        if (!(stored instanceof String text) || !CodeSeal.isSealed(text)) {
            return stored;
        }
        if (seal == null) {
            throw unreadable("the codes are sealed, and no key is given");
        }
        try {
            return seal.open(activityId, text);
        } catch (UnreadableCodeException e) {
            throw unreadable(e.getMessage());
        }
    }

    private static AuditSourceException unreadable(String reason) {
        return new AuditSourceException(Source.MONGODB, Documents.TICKET_CODES, reason, null);
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
