package dev.dibs.chaos.workload;

import dev.dibs.chaos.Targets;
import dev.dibs.chaos.check.CheckReport;
import dev.dibs.chaos.check.Checker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workload and the checker against an installation that runs already, for trying out changes to them. */
final class WorkloadProgram {
    private static final Logger log = LoggerFactory.getLogger(WorkloadProgram.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private WorkloadProgram() {}

    /** @param args addresses of the API separated by commas, Kafka, Redis, MongoDB, password, key, seconds, seed, folder */
    public static void main(String[] args) {
        List<URI> apis = Arrays.stream(args[0].split(",")).map(URI::create).toList();
        Targets targets = new Targets(apis, args[1], args[2], args[3], args[4], args[5]);
        WorkloadPlan plan = WorkloadPlan.lasting(
                Long.parseLong(args[7]), Duration.ofSeconds(Long.parseLong(args[6])), Path.of(args[8]));
        log.info("{}", plan);
        try (Workload workload = Workload.start(targets, plan)) {
            workload.awaitEnd();
            log.info("{} {}", workload.history().figures(), workload.history().latencies());
            List<String> left = workload.drain(PATIENCE);
            log.info("drained {}", workload.history().figures());
            CheckReport report =
                    new Checker(targets).check(workload.history(), left, () -> workload.exportAll(PATIENCE), PATIENCE);
            log.info("{}", report.audit());
            log.info(
                    "violations={} granted={} voided={} duplicates={}",
                    report.count(),
                    report.granted(),
                    report.voided(),
                    report.duplicates());
            report.violations().forEach(violation -> log.info("{}", violation));
        }
    }
}
