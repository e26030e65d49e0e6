package dev.dibs.chaos.overload;

import dev.dibs.audit.AuditSourceException;
import dev.dibs.chaos.check.CheckReport;
import dev.dibs.chaos.check.Checker;
import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.proxy.Rule;
import dev.dibs.chaos.proxy.Trouble;
import dev.dibs.chaos.workload.Flood;
import dev.dibs.chaos.workload.FloodCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A whole installation that ten times as many buyers come to as it can serve. Here the load comes from the same machine,
 * so it is the capacity that is made small: the road from the API to Redis is narrow, so narrow that it is what is short, and
 * not the processors. Everything is warmed up on the wide road. How much is confirmed over the narrow one is measured with a
 * few buyers one after the other; then ten times as many come, whatever they are answered. How quick their first seconds
 * are is told, and not judged.
 */
public final class OverloadRun implements AutoCloseable {
    private static final int BUYERS_WHEN_MEASURING = 12;
    /** On the wide road: what is measured cold is less than can be done, and ten times that no overload. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    /** Until what was on its way on the wide road is through. */
    private static final Duration NARROWING = Duration.ofSeconds(10);

    private static final Duration MEASURED = Duration.ofSeconds(15);
    /** Of the overload: until then all compile what they have hardly done before, and learn how narrow the road is. */
    private static final Duration FIRST = Duration.ofSeconds(20);

    private static final int INTERVALS = 20;
    /** So few that they do not become what refusals wait for: an instance stands still for a full collection. */
    private static final int FULL_COLLECTIONS = 5;

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
    /** More tickets than pass over the narrow road, and the wide one, so that the sale is never over. */
    private static final int MOST_PER_SECOND = 100;

    private static final int MOST_PER_SECOND_WIDE = 1_000;

    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);

    private final OverloadPlan plan;
    private final Consumer<String> progress;
    private final Cluster cluster;
    private final List<String> findings = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();
    private FloodCount first;
    private Interval firstSeconds;
    private volatile Flood flood;

    /** @param progress is told what happens, a line each */
    public OverloadRun(OverloadPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.cluster = Cluster.create(
                plan.folder(),
                RedisKind.SENTINEL,
                List.of("--dibs.grab.in-time=" + plan.inTime().toMillis() + "ms"));
    }

    /** Runs once, to the report. */
    public OverloadReport run() {
        cluster.start(progress);
        flood = new Flood(cluster.targets(), plan.seed(), plan.duration(), plan.folder());
        Duration narrowed = plan.duration().plus(NARROWING).plus(MEASURED).plus(FIRST);
        int codes = (int) (narrowed.toSeconds() * MOST_PER_SECOND + WARM_UP.toSeconds() * MOST_PER_SECOND_WIDE);
        if (!flood.open(codes)) {
            throw new IllegalStateException("The sale could not be opened; see " + plan.folder());
        }
        progress.accept(String.format(Locale.ROOT, "a sale of %,d codes is open", codes));
        flood.atOnce(BUYERS_WHEN_MEASURING, WARM_UP);
        Rule narrow = cluster.network()
                .impose(Trouble.NARROW, client -> client.startsWith("api-"), server -> server.startsWith("redis-"));
        double capacity = measure();
        progress.accept(String.format(
                Locale.ROOT,
                "%,.0f tickets a second are confirmed; now %,.0f buyers come",
                capacity,
                OverloadVerdict.TIMES * capacity));
        double lasted = overload(OverloadVerdict.TIMES * capacity);
        // Who has come last has to be answered, too.
        flood.awaitAnswers();
        FloodCount.Totals totals = flood.count().totals().withTroublesOf(first.totals());
        cluster.network().lift(narrow);
        progress.accept("the crowd has gone; waiting until everything has caught up");
        long unnamed = check();
        return report(new OverloadVerdict(capacity, totals, lasted, intervals), unnamed);
    }

    private double measure() {
        flood.atOnce(BUYERS_WHEN_MEASURING, NARROWING);
        flood.countAnew();
        flood.atOnce(BUYERS_WHEN_MEASURING, MEASURED);
        return flood.count().totals().confirmed().count() / (double) MEASURED.toSeconds();
    }

    /** @return how long that which is judged lasted, seconds */
    private double overload(double perSecond) {
        Duration all = FIRST.plus(plan.duration());
        Thread crowd = new Thread(() -> flood.perSecond(perSecond, all), "flood");
        crowd.setDaemon(true);
        long begun = System.nanoTime();
        flood.countAnew();
        first = flood.count();
        crowd.start();
        Duration step = plan.duration().dividedBy(INTERVALS);
        long stepNanos = (step.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : step).toNanos();
        long intervalsPerHeap = Math.max(1, plan.duration().toNanos() / stepNanos / FULL_COLLECTIONS);
        try {
            Thread.sleep(FIRST.toMillis());
            long judged = System.nanoTime();
            flood.countAnew();
            firstSeconds = interval(first, begun, begun, judged, MemoryOf::heap);
            long before = judged;
            for (long next = judged + stepNanos;
                    next - judged <= plan.duration().toNanos();
                    next += stepNanos) {
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                long now = System.nanoTime();
                boolean collects = intervals.size() % intervalsPerHeap == 0;
                Function<Member, Double> heap = collects ? MemoryOf::heap : api -> MemoryOf.UNKNOWN;
                intervals.add(interval(flood.count(), begun, before, now, heap));
                before = now;
            }
            crowd.join();
            return (System.nanoTime() - judged) / 1e9;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private Interval interval(FloodCount count, long begun, long before, long now, Function<Member, Double> heap) {
        FloodCount.Recent recent = count.recent();
        double seconds = (now - before) / 1e9;
        Interval interval = new Interval(
                Math.round((now - begun) / 1e9),
                recent.sent() / seconds,
                recent.confirmed().count() / seconds,
                recent.confirmed(),
                recent.refused(),
                ofEachApi(MemoryOf::resident),
                ofEachApi(heap));
        progress.accept(String.format(
                Locale.ROOT,
                "%5d s  %,7.0f came/s  %,6.0f confirmed/s  refused p99 %,.0f ms  %s MB",
                interval.second(),
                interval.offeredPerSecond(),
                interval.confirmedPerSecond(),
                interval.refusedMillis().p99(),
                interval.residentMegabytes().values()));
        return interval;
    }

    private Map<String, Double> ofEachApi(Function<Member, Double> figure) {
        Map<String, Double> figures = new TreeMap<>();
        cluster.membersCalled("api-").forEach(api -> figures.put(api.name(), figure.apply(api)));
        return figures;
    }

    /** @return how many violations are not among the findings word by word */
    private long check() {
        try {
            CheckReport checked = new Checker(cluster.targets())
                    .check(
                            flood.history(),
                            flood.drain(SETTLES_WITHIN),
                            () -> flood.export(SETTLES_WITHIN),
                            SETTLES_WITHIN);
            checked.violations().forEach(violation -> findings.add(violation.toString()));
            return checked.count() - checked.violations().size();
        } catch (AuditSourceException e) {
            findings.add("not everything could be read: " + e.getMessage());
            return 0;
        }
    }

    private OverloadReport report(OverloadVerdict verdict, long unnamed) {
        return new OverloadReport(
                plan.seed(),
                Math.round(verdict.lasted() / 0.6) / 100.0,
                plan.inTime().toMillis(),
                verdict.capacity(),
                verdict.offered(),
                verdict.totals(),
                verdict.peak(),
                verdict.lowest(),
                verdict.peak() == 0 ? 0 : verdict.lowest() / verdict.peak(),
                verdict.trends(Interval::residentMegabytes),
                verdict.trends(Interval::heapMegabytes),
                unnamed + findings.size(),
                List.copyOf(findings),
                verdict.shortfalls(),
                firstSeconds,
                verdict.intervals());
    }

    /** Kills every process that is left. */
    @Override
    public void close() {
        if (flood != null) {
            flood.close();
        }
        cluster.close();
    }
}
