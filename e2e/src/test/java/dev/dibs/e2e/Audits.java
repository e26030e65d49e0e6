package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.audit.Audit;
import dev.dibs.audit.AuditReport;
import dev.dibs.audit.AuditSources;
import dev.dibs.audit.CsvExport;
import dev.dibs.audit.Quiescence;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a sale has left behind, compared with the log. */
final class Audits {
    private Audits() {}

    /** @param patience for everything to catch up with the log */
    static void assertHolds(String database, Sale sale, Duration patience, CsvExport... exports) {
        AuditSources sources = new AuditSources(
                TestServers.kafka(),
                TestServers.redis(),
                TestServers.mongodb(),
                database,
                List.of(exports),
                Set.of(new ActivityId(sale.id())),
                Services.seal(),
                Services.pseudonyms());
        assertThat(Quiescence.await(sources, patience)).isEmpty();
        AuditReport report = new Audit(sources).run();
        assertThat(report.holds()).as(() -> String.join("\n", report.lines())).isTrue();
    }
}
