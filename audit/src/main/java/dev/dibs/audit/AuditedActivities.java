package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryLedgerState;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The activities under audit: those in the log, those configured, and any other that something is found of. */
final class AuditedActivities {
    private final AuditSources sources;
    private final Findings findings;
    private final ExistingActivities existing = new ExistingActivities();
    private final MemoryLedgerState ledger = new MemoryLedgerState();
    private final Map<ActivityId, AuditedActivity> activities = new TreeMap<>(Comparator.comparing(ActivityId::value));

    AuditedActivities(AuditSources sources, Findings findings) {
        this.sources = sources;
        this.findings = findings;
    }

    MemoryLedgerState ledger() {
        return ledger;
    }

    /** As {@link #of}, for an activity of which the log or the catalogue says that it exists. */
    AuditedActivity existing(ActivityId id) {
        existing.add(id);
        return of(id);
    }

    /** A sentence for each activity that is to be audited but does not exist. */
    List<String> absences() {
        return existing.absences(sources.activities());
    }

    /** This activity, or null if it is not to be audited. */
    AuditedActivity of(ActivityId id) {
        AuditedActivity known = activities.get(id);
        if (known != null || !sources.includes(id)) {
            return known;
        }
        AuditedActivity added = new AuditedActivity(id, ledger.account(id), sources.pseudonyms(), findings);
        activities.put(id, added);
        return added;
    }

    /**
     * The activity that a row claims to be of, or null if it is not to be audited. A row of none is a finding.
     *
     * @param id as the row has it
     */
    AuditedActivity claimed(Check check, String place, Object id) {
        try {
            return of(new ActivityId(id instanceof String text ? text : null));
        } catch (IllegalArgumentException e) {
            findings.add(check, "", "%s has a row that is of no activity: %s", place, e.getMessage());
            return null;
        }
    }

    Collection<AuditedActivity> all() {
        return Collections.unmodifiableCollection(activities.values());
    }
}
