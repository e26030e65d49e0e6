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
 * @param lines the same for people
 */
public record AuditReport(
        Map<ActivityId, Figures> activities, Figures total, List<Finding> findings, List<String> lines) {
    public AuditReport {
        activities = Collections.unmodifiableMap(new LinkedHashMap<>(activities));
        findings = List.copyOf(findings);
        lines = List.copyOf(lines);
    }

    /** Whether every promise that was looked at is kept. */
    public boolean holds() {
        return findings.isEmpty();
    }
}
