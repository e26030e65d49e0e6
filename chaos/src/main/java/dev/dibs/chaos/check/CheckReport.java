package dev.dibs.chaos.check;

import dev.dibs.audit.Figures;
import java.util.List;

/**
 * What a check found.
 *
 * @param violations each promise that was not kept; empty if all were
 * @param count of all violations, also of those that are not told word by word
 * @param granted valid grabs in the log
 * @param voided records of the log that do not count
 * @param duplicates copies of valid grabs in the log
 * @param undecodable records that cannot be read
 * @param audit the figures of the audit, over the activities of the run
 */
public record CheckReport(
        List<Violation> violations,
        long count,
        long granted,
        long voided,
        long duplicates,
        long undecodable,
        Figures audit) {
    public CheckReport {
        violations = List.copyOf(violations);
    }

    public boolean holds() {
        return count == 0;
    }
}
