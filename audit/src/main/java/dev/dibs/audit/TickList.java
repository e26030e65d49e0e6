package dev.dibs.audit;

import java.util.BitSet;
import java.util.function.Predicate;

/** Ticks off the rows of one place, of which there must be exactly one for each valid grab. */
final class TickList {
    private final AuditedActivity activity;
    private final Check check;
    private final String place;
    private final Findings findings;
    private final BitSet seen = new BitSet();

    /** @param place as a sentence begins with it, such as "MongoDB" */
    TickList(AuditedActivity activity, Check check, String place, Findings findings) {
        this.activity = activity;
        this.check = check;
        this.place = place;
        this.findings = findings;
    }

    /**
     * The valid grab that this row should repeat, or null where there is none, which is then a finding.
     *
     * @param sequence as the row has it, or null
     * @param ticketId as the row has it, or null
     */
    Grant tick(Long sequence, String ticketId) {
        Grant grant = sequence == null ? null : activity.grants().get(sequence);
        if (grant == null) {
            report("%s has a row too many: sequence %s (ticket %s) is of no valid grab", place, sequence, ticketId);
            return null;
        }
        if (!grant.ticketId().toString().equals(ticketId)) {
            report(
                    "%s has a row too many: sequence %d is expected to be ticket %s but is %s",
                    place, sequence, grant.ticketId(), ticketId);
            return null;
        }
        if (seen.get(grant.sequence())) {
            report("%s has a row too many: sequence %d (ticket %s) is there twice", place, sequence, ticketId);
            return null;
        }
        seen.set(grant.sequence());
        return grant;
    }

    void compare(Grant grant, Differences differences) {
        if (differences.any()) {
            report("%s has sequence %d (ticket %s) wrong: %s", place, grant.sequence(), grant.ticketId(), differences);
        }
    }

    /** Reports every valid grab that has not been ticked off. */
    void reportMissing() {
        reportMissing(grant -> true);
    }

    /** Reports every valid grab that is expected and has not been ticked off. */
    void reportMissing(Predicate<Grant> expected) {
        BitSet missing = (BitSet) activity.grants().sequences().clone();
        missing.andNot(seen);
        missing.stream()
                .filter(sequence -> expected.test(activity.grants().get(sequence)))
                .forEach(sequence -> report(
                        "%s lacks a row: sequence %d (ticket %s) was validly grabbed",
                        place, sequence, activity.grants().get(sequence).ticketId()));
    }

    private void report(String sentence, Object... args) {
        findings.add(check, activity.id(), sentence, args);
    }
}
