package dev.dibs.processor.topology;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Fairness;
import dev.dibs.processor.statistics.Counts;
import dev.dibs.processor.statistics.Demand;
import dev.dibs.processor.statistics.Order;
import dev.dibs.processor.statistics.SecondKey;
import dev.dibs.processor.statistics.Tally;
import dev.dibs.processor.statistics.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds up what happened, and now and then writes the sums that have changed. What has changed is itself part of the
 * state: a crash between counting and writing loses no sum, because the next start writes it.
 */
final class Count implements Processor<Object, Tally, String, Object> {
    /** Under load one record stands for all that happened in this time. */
    static final Duration WRITE_EVERY = Duration.ofMillis(200);

    private final Resumption resumption;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, Long> positions;
    private KeyValueStore<String, Totals> totals;
    private KeyValueStore<String, Order> orders;
    private KeyValueStore<String, Demand> demands;
    private KeyValueStore<SecondKey, Counts> seconds;
    private KeyValueStore<SecondKey, Boolean> changed;
    private Cancellable writing;

    Count(Resumption resumption) {
        this.resumption = resumption;
    }

    @Override
    public void init(ProcessorContext<String, Object> streams) {
        context = streams;
        positions = StateStores.POSITIONS.in(streams);
        totals = StateStores.TOTALS.in(streams);
        orders = StateStores.ORDER.in(streams);
        demands = StateStores.DEMAND.in(streams);
        seconds = StateStores.SECONDS.in(streams);
        changed = StateStores.CHANGED.in(streams);
        writing = null;
        if (!changedSeconds().isEmpty()) {
            writeSoon();
        }
    }

    @Override
    public void process(Record<Object, Tally> record) {
        Tally tally = record.value();
        Totals before = totals(tally.activityId().value());
        totals.put(tally.activityId().value(), before.plus(tally, context.currentSystemTimeMs() / 1_000));
        measure(tally);
        SecondKey second = new SecondKey(tally.activityId(), tally.second());
        if (before.keeps(second.second()) && !tally.counts().equals(Counts.NONE)) {
            Counts counted = seconds.get(second);
            seconds.put(second, counted == null ? tally.counts() : counted.plus(tally.counts()));
        }
        if (changed.get(second) == null) {
            changed.put(second, true);
        }
        writeSoon();
    }

    private void measure(Tally tally) {
        String activity = tally.activityId().value();
        if (tally.arrival() != null) {
            Order known = orders.get(activity);
            Order order = known == null ? Order.empty() : known;
            order.add(tally.arrival());
            orders.put(activity, order);
        }
        if (!tally.demand().equals(Demand.NONE)) {
            demands.put(activity, demand(activity).plus(tally.demand()));
        }
    }

    /** Only while there is something to write: a punctuator that always runs makes an idle application commit. */
    private void writeSoon() {
        if (writing == null) {
            writing = context.schedule(WRITE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::write);
        }
    }

    private void write(long now) {
        writing.cancel();
        writing = null;
        if (!resumption.hasCaughtUp(context.taskId().partition(), positions)) {
            writeSoon();
            return;
        }
        Set<String> activities = new LinkedHashSet<>();
        for (SecondKey second : changedSeconds()) {
            writeSecond(second, now);
            if (activities.add(second.activityId().value())) {
                writeTotals(second, now);
            }
            changed.delete(second);
        }
        activities.forEach(this::dropOldSeconds);
    }

    private List<SecondKey> changedSeconds() {
        List<SecondKey> found = new ArrayList<>();
        try (KeyValueIterator<SecondKey, Boolean> all = changed.all()) {
            all.forEachRemaining(entry -> found.add(entry.key));
        }
        return found;
    }

    private void writeSecond(SecondKey second, long now) {
        Counts counted = seconds.get(second);
        if (counted != null) {
            var row = second.stats(counted);
            context.forward(new Record<>(row.key(), row, now), Nodes.WRITE_SECOND_STATS);
        }
    }

    private void writeTotals(SecondKey of, long now) {
        String activity = of.activityId().value();
        Order order = orders.get(activity);
        Fairness fairness = order == null ? Fairness.NONE : order.fairness();
        var row = totals(activity).stats(of.activityId(), context.taskId().partition(), fairness, demand(activity));
        context.forward(new Record<>(row.key(), row, now), Nodes.WRITE_ACTIVITY_STATS);
    }

    private void dropOldSeconds(String activity) {
        Totals before = totals(activity);
        long keepFrom = before.keepFrom();
        if (keepFrom == before.droppedBefore()) {
            return;
        }
        ActivityId id = new ActivityId(activity);
        List<SecondKey> old = new ArrayList<>();
        try (KeyValueIterator<SecondKey, Counts> range =
                seconds.range(new SecondKey(id, before.droppedBefore()), new SecondKey(id, keepFrom - 1))) {
            range.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(seconds::delete);
        totals.put(activity, before.droppedBefore(keepFrom));
    }

    private Demand demand(String activity) {
        Demand known = demands.get(activity);
        return known == null ? Demand.NONE : known;
    }

    private Totals totals(String activity) {
        Totals known = totals.get(activity);
        return known == null ? Totals.NONE : known;
    }
}
