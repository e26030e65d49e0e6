package dev.dibs.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says for people what was looked at and what was found. */
final class ReportLines {
    private final AuditedActivities activities;
    private final Findings findings;
    private final List<String> lines = new ArrayList<>();

    private ReportLines(AuditedActivities activities, Findings findings) {
        this.activities = activities;
        this.findings = findings;
    }

    static List<String> of(AuditedActivities activities, Findings findings) {
        ReportLines report = new ReportLines(activities, findings);
        report.write();
        return report.lines;
    }

    private void write() {
        for (AuditedActivity activity : activities.all()) {
            lines.add("Activity " + activity.id());
            for (Check check : Check.values()) {
                check(activity, check);
            }
        }
        List<Finding> elsewhere = told(null, "");
        if (!elsewhere.isEmpty()) {
            lines.add("Of no activity");
            elsewhere.forEach(this::finding);
        }
        lines.addAll(activities.absences());
        long count = findings.count();
        if (count > 0) {
            lines.add(String.format(Locale.ROOT, count == 1 ? "%,d violation." : "%,d violations.", count));
        } else if (activities.all().isEmpty()) {
            lines.add("No activity was found: there is nothing to compare.");
        } else if (activities.absences().isEmpty()) {
            lines.add("Everything holds.");
        }
    }

    private void check(AuditedActivity activity, Check check) {
        int count = findings.count(check, activity.id().value());
        String looked = activity.looked(check);
        if (looked == null && count == 0) {
            return;
        }
        String verdict = count == 0 ? "ok" : String.format(Locale.ROOT, "VIOLATED, %,d found", count);
        String detail = looked == null ? "" : " (" + looked + ")";
        lines.add("  " + check.promise() + " " + check.title() + " … " + verdict + detail);
        told(check, activity.id().value()).forEach(this::finding);
    }

    private List<Finding> told(Check check, String activityId) {
        return findings.all().stream()
                .filter(finding -> finding.activityId().equals(activityId))
                .filter(finding -> check == null || finding.check() == check)
                .toList();
    }

    private void finding(Finding finding) {
        lines.add("     " + finding.promise() + " " + finding.sentence());
    }
}
