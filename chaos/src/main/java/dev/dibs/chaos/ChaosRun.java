package dev.dibs.chaos;

import dev.dibs.audit.Audit;
import dev.dibs.audit.AuditReport;
import dev.dibs.audit.AuditSourceException;
import dev.dibs.audit.AuditSources;
import dev.dibs.audit.Quiescence;
import dev.dibs.chaos.check.CheckReport;
import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Faults;
import dev.dibs.chaos.fault.Outcome;
import dev.dibs.chaos.history.Figures;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Starts an installation, lets people use it, breaks one thing after the other, and now and then two at once, and looks at
 * the end whether every promise was kept. Closing it, also from another thread, ends all processes.
 */
public final class ChaosRun implements AutoCloseable {
    private static final Duration NEXT_GRAB_WITHIN = Duration.ofSeconds(60);
    private static final int BREATHER_MILLIS = 1_000;

    private final ChaosPlan plan;
    private final Staging staging;
    private final Consumer<String> progress;
    private final Cluster cluster;
    private final Sales sales;
    private final Random random;
    private final RunTimes times = new RunTimes();
    private final ReadsGoOn reads = new ReadsGoOn();
    private final List<FaultRecord> records = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    /** @param progress is told what happens, a line each */
    public ChaosRun(ChaosPlan plan, Consumer<String> progress) {
        this(plan, Staging.none(), progress);
    }

    /** A run with something else in it than the plan says; for tests. */
    public ChaosRun(ChaosPlan plan, Staging staging, Consumer<String> progress) {
        this.plan = plan;
        this.staging = staging;
        this.sales = new Sales(plan, staging.patience());
        this.progress = progress;
        this.random = new Random(plan.seed());
        this.cluster = Cluster.create(plan.folder(), plan.redis(), List.of(), staging.doctored());
    }

    /** Runs once, to the report. */
    public ChaosReport run() {
        cluster.start(progress);
        try (Pulse pulse = new Pulse(cluster.targets());
                ProjectionWatch projection = new ProjectionWatch(cluster.targets())) {
            pulse.start(plan.whole());
            sales.start(cluster.targets());
            projection.start();
            times.begin();
            Patience.pause(plan.warmUp());
            times.warm();
            Patience.pause(plan.calm());
            times.firstFault();
            try {
                breakThings(pulse);
                cluster.heal();
            } catch (ClusterException e) {
                findings.add("the installation did not recover: " + e.getMessage());
            }
            times.healed();
            progress.accept("all is healed; waiting until everything has caught up");
            sales.drain();
            pulse.stop();
            return check(pulse, projection);
        }
    }

    private void breakThings(Pulse pulse) {
        Map<String, Supplier<Fault>> possible = Faults.on(plan.redis());
        possible.putAll(staging.faults());
        if (!plan.faults().isEmpty()) {
            possible.keySet().retainAll(plan.faults());
        }
        Deck deck = new Deck(possible.values(), random);
        Breaker breaker = new Breaker(cluster, random);
        while (times.sinceFirstFault().compareTo(plan.duration()) < 0) {
            Patience.pause(Duration.ofMillis(BREATHER_MILLIS + random.nextInt(BREATHER_MILLIS)));
            records.add(once(deck.next(), breaker, pulse));
        }
    }

    private FaultRecord once(List<Fault> faults, Breaker breaker, Pulse pulse) {
        long second = times.sinceBegin().toSeconds();
        pulse.gaps().watch();
        long from = System.currentTimeMillis();
        List<Outcome> outcomes = breaker.once(faults);
        reads.broken(faults, from, System.currentTimeMillis());
        Optional<Gaps.Longest> gap = pulse.gaps().awaitAll(NEXT_GRAB_WITHIN);
        FaultRecord record = FaultRecord.of(second, faults, outcomes, gap);
        if (gap.isEmpty()) {
            findings.add("not every instance confirmed a grab within " + NEXT_GRAB_WITHIN.toSeconds()
                    + " s after the healing of " + record.fault() + " (" + record.what() + ") in second " + second);
        }
        progress.accept(String.format(
                Locale.ROOT,
                "%4d s  %-32s %6d ms, %6d ms  %s",
                second,
                record.fault(),
                record.recoveryMillis(),
                record.instanceMillis(),
                record.what()));
        return record;
    }

    private ChaosReport check(Pulse pulse, ProjectionWatch projection) {
        Targets targets = cluster.targets();
        long voided = 0;
        long violations = 0;
        try {
            CheckReport checked = sales.check(targets);
            checked.violations().forEach(violation -> findings.add(violation.toString()));
            // Not every one is told word by word.
            violations = checked.count() - checked.violations().size();
            voided = checked.voided();
            audit(targets);
        } catch (AuditSourceException e) {
            findings.add("not everything could be read: " + e.getMessage());
        }
        findings.addAll(sales.check(reads));
        findings.addAll(pulse.check(staging.patience()));
        return report(pulse, projection, voided, violations + findings.size());
    }

    /** The checker audits the sales of the workload; this is for the pulse. */
    private void audit(Targets targets) {
        AuditSources sources = AuditSources.of(targets.kafka(), targets.redis(), targets.mongodb())
                .withActivities(Set.of(new ActivityId(Pulse.ACTIVITY)))
                .withSeal(targets.seal())
                .withPseudonyms(targets.pseudonyms());
        Quiescence.await(sources, staging.patience())
                .forEach(lag -> findings.add(
                        "not caught up within " + staging.patience().toSeconds() + " s: " + lag));
        AuditReport audit = new Audit(sources).run();
        audit.findings().forEach(finding -> findings.add("audit: " + finding));
    }

    private ChaosReport report(Pulse pulse, ProjectionWatch projection, long voided, long violations) {
        Figures figures = sales.figures();
        Map<String, Integer> ended = cluster.members().stream()
                .filter(member -> member.endedByItself() > 0)
                .collect(Collectors.toMap(Member::name, Member::endedByItself, Integer::sum, TreeMap::new));
        return new ChaosReport(
                plan.seed(),
                Math.round(times.withFaults().toMillis() / 600.0) / 100.0,
                plan.redis().name(),
                FaultRecord.count(records, FaultRecord::made),
                FaultRecord.count(records, FaultRecord::notMade),
                pulse.confirmed() + figures.confirmed(),
                pulse.pendingAnswers() + figures.pendingAnswers(),
                voided,
                violations,
                recoveries(FaultRecord::recoveryMillis),
                recoveries(FaultRecord::instanceMillis),
                figures.longestPendingMillis(),
                projection.longest().toMillis(),
                sales.phase(times.warmAt(), times.firstFaultAt()),
                sales.phase(times.firstFaultAt(), times.healedAt()),
                ended,
                findings,
                records);
    }

    private Map<String, Recovery> recoveries(ToLongFunction<FaultRecord> figure) {
        Map<String, List<Long>> millis = new TreeMap<>();
        for (FaultRecord record : records) {
            if (record.isMeasured()) {
                millis.computeIfAbsent(record.kind(), f -> new ArrayList<>()).add(figure.applyAsLong(record));
            }
        }
        Map<String, Recovery> recoveries = new TreeMap<>();
        millis.forEach((fault, all) -> recoveries.put(fault, Recovery.of(all)));
        return recoveries;
    }

    /** Where everything is reached until this run is closed. */
    public Targets targets() {
        return cluster.targets();
    }

    /** Kills every process that is left. */
    @Override
    public void close() {
        sales.close();
        cluster.close();
    }
}
