package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** An audit in a process of its own, so that a test can give it a heap of its own. */
final class AuditProgram {
    static final int HOLDS = 0;
    static final int VIOLATED = 3;

    private AuditProgram() {}

    /**
     * Ends with {@link #HOLDS} or {@link #VIOLATED}, or with another code if it fails.
     *
     * @param args kafka, redis, mongodb, database, CSV file, activity, expected number of valid grabs
     */
    public static void main(String[] args) {
        ActivityId activity = new ActivityId(args[5]);
        AuditSources sources = new AuditSources(
                args[0],
                args[1],
                args[2],
                args[3],
                List.of(new CsvExport(Path.of(args[4]), activity)),
                Set.of(activity));
        AuditReport report = new Audit(sources).run();
        boolean complete = report.total().logValid() == Long.parseLong(args[6]);
        System.exit(report.holds() && complete ? HOLDS : VIOLATED);
    }
}
