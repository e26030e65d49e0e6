package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param activities the figures of each activity, ordered by its id
 * @param total the figures of all activities together
 * @param findings the violations; empty if everything holds
 * @param ofTheLog those among them that the log shows by itself: what is written to it later cannot make them untrue
 * @param absences a sentence for each activity that was named but is neither in the log nor in the catalogue
 * @param lines the same for people
 */
public record AuditReport(
        Map<ActivityId, Figures> activities,
        Figures total,
        List<Finding> findings,
        List<Finding> ofTheLog,
        List<String> absences,
        List<String> lines) {
    public AuditReport {
        activities = Collections.unmodifiableMap(new LinkedHashMap<>(activities));
        findings = List.copyOf(findings);
        ofTheLog = List.copyOf(ofTheLog);
        absences = List.copyOf(absences);
        lines = List.copyOf(lines);
    }

    /** Whether every promise that was looked at is kept, and everything that was named could be looked at. */
    public boolean holds() {
        return findings.isEmpty() && absences.isEmpty();
    }
}
