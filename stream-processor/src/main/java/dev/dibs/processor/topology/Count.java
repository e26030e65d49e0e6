package dev.dibs.processor.topology;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Fairness;
import dev.dibs.processor.state.Remembered;
import dev.dibs.processor.statistics.Counts;
import dev.dibs.processor.statistics.Demand;
import dev.dibs.processor.statistics.Order;
import dev.dibs.processor.statistics.SecondKey;
import dev.dibs.processor.statistics.Tally;
import dev.dibs.processor.statistics.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what happened, and now and then writes the sums that have changed. What has changed is itself part of the
 * state: a crash between counting and writing loses no sum, because the next start writes it.
 */
final class Count implements Processor<Object, Tally, String, Object> {
    private static final Logger log = LoggerFactory.getLogger(Count.class);
    /** Under load one record stands for all that happened in this time. */
    static final Duration WRITE_EVERY = Duration.ofMillis(200);

    private final Resumption resumption;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, Long> positions;
    private Remembered<String, Totals> totals;
    private Remembered<String, Order> orders;
    private Remembered<String, Demand> demands;
    /** But for the latest of each activity, which the totals have. */
    private KeyValueStore<SecondKey, Counts> seconds;

    private Remembered<SecondKey, Boolean> changed;
    private FreeSequences free;
    private WinnerAddresses winners;
    private Cancellable writing;

    Count(Resumption resumption) {
        this.resumption = resumption;
    }

    @Override
    public void init(ProcessorContext<String, Object> streams) {
        context = streams;
        positions = StateStores.POSITIONS.in(streams);
        totals = StateStores.TOTALS.rememberedIn(streams);
        orders = StateStores.ORDER.rememberedIn(streams);
        demands = StateStores.DEMAND.rememberedIn(streams);
        seconds = StateStores.SECONDS.in(streams);
        changed = StateStores.CHANGED.rememberedIn(streams);
        free = new FreeSequences(StateStores.FREE_SEQUENCES.in(streams));
        winners = new WinnerAddresses(StateStores.WINNER_ADDRESSES.in(streams), StateStores.TOP_ADDRESSES.in(streams));
        writing = null;
        if (!changedSeconds().isEmpty()) {
            writeSoon();
        }
    }

    @Override
    public void process(Record<Object, Tally> record) {
        Tally tally = record.value();
        Totals before = totals(tally.activityId().value());
        Totals after = countSecond(tally, issue(tally, before.plus(tally, context.currentSystemTimeMs() / 1_000)));
        totals.put(tally.activityId().value(), after);
        if (Math.abs(after.surplus()) > Math.abs(before.surplus())) {
            alarm(tally, after, record.timestamp());
        }
        measure(tally);
        change(tally, after);
        writeSoon();
    }

    private Totals issue(Tally tally, Totals counted) {
        if (tally.arrival() == null) {
            return counted;
        }
        int sequence = tally.arrival().sequence();
        return counted.issued(sequence, free.issue(tally.activityId(), counted.reached(), sequence));
    }

    private void alarm(Tally tally, Totals found, long now) {
        var alarm = found.alarm(tally, context.taskId().partition());
        log.error(
                "The stock is not what is issued, free and not reached; pause the sale;"
                        + " activityId={} stock={} granted={} free={} unreached={} partition={} offset={}",
                alarm.activityId(),
                alarm.stock(),
                alarm.granted(),
                alarm.free(),
                alarm.unreached(),
                alarm.logPartition(),
                alarm.logOffset());
        context.forward(new Record<>(alarm.key(), alarm, now), Nodes.WRITE_ALARMS);
    }

    private Totals countSecond(Tally tally, Totals totals) {
        long at = tally.second();
        if (!totals.keeps(at) || tally.counts().equals(Counts.NONE)) {
            return totals;
        }
        if (at < totals.second()) {
            SecondKey late = new SecondKey(tally.activityId(), at);
            Counts counted = seconds.get(late);
            seconds.put(late, counted == null ? tally.counts() : counted.plus(tally.counts()));
            return totals;
        }
        if (at > totals.second()
                && totals.keeps(totals.second())
                && !totals.ofSecond().equals(Counts.NONE)) {
            seconds.put(new SecondKey(tally.activityId(), totals.second()), totals.ofSecond());
        }
        return totals.countedIn(at, tally.counts());
    }

    /** Notes what is to be written. */
    private void change(Tally tally, Totals totals) {
        // What is too late for its second changes what remains from the earliest on that is still kept.
        long from = totals.keeps(tally.second()) ? tally.second() : totals.droppedBefore();
        SecondKey second = new SecondKey(tally.activityId(), from);
        Boolean known = changed.get(second);
        boolean moves = tally.counts().remainingChange() != 0;
        if (known == null || moves && !known) {
            changed.put(second, moves);
        }
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
        winners.won(tally.activityId(), tally.winnerAddress());
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
        changedSeconds().forEach((activityId, changes) -> {
            writeSeconds(activityId, changes, now);
            writeTotals(activityId, now);
            changes.keySet().forEach(second -> changed.delete(new SecondKey(activityId, second)));
            dropOldSeconds(activityId);
        });
    }

    /** By activity and second, whether what remains has changed. */
    private Map<ActivityId, NavigableMap<Long, Boolean>> changedSeconds() {
        Map<ActivityId, NavigableMap<Long, Boolean>> found = new LinkedHashMap<>();
        try (KeyValueIterator<SecondKey, Boolean> all = changed.entries().all()) {
            all.forEachRemaining(entry -> found.computeIfAbsent(entry.key.activityId(), id -> new TreeMap<>())
                    .put(entry.key.second(), entry.value));
        }
        return found;
    }

    /**
     * What remains at the end of a second is what remains now less what has come and gone since: so from the latest
     * second back to the earliest that has changed, nearly always one or two.
     */
    private void writeSeconds(ActivityId activityId, NavigableMap<Long, Boolean> changes, long now) {
        long movedFrom = changes.entrySet().stream()
                .filter(Map.Entry::getValue)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        LongPredicate isToBeWritten = second -> second >= movedFrom || changes.containsKey(second);
        Totals totals = totals(activityId.value());
        long remaining = totals.remaining();
        if (!totals.ofSecond().equals(Counts.NONE)) {
            SecondKey latest = new SecondKey(activityId, totals.second());
            remaining = writeSecond(latest, totals.ofSecond(), remaining, isToBeWritten, now);
        }
        SecondKey first = new SecondKey(activityId, changes.firstKey());
        try (KeyValueIterator<SecondKey, Counts> back =
                seconds.reverseRange(first, new SecondKey(activityId, Long.MAX_VALUE))) {
            while (back.hasNext()) {
                KeyValue<SecondKey, Counts> counted = back.next();
                remaining = writeSecond(counted.key, counted.value, remaining, isToBeWritten, now);
            }
        }
    }

    /**
     * @param remaining at its end
     * @return at its beginning
     */
    private long writeSecond(SecondKey key, Counts counts, long remaining, LongPredicate isToBeWritten, long now) {
        if (isToBeWritten.test(key.second())) {
            var row = key.stats(counts, remaining);
            context.forward(new Record<>(row.key(), row, now), Nodes.WRITE_SECOND_STATS);
        }
        return remaining - counts.remainingChange();
    }

    private void writeTotals(ActivityId activityId, long now) {
        String activity = activityId.value();
        Order order = orders.get(activity);
        Fairness fairness = order == null ? Fairness.NONE : order.fairness();
        int partition = context.taskId().partition();
        var row = totals(activity).stats(activityId, partition, fairness, demand(activity), winners.top(activityId));
        context.forward(new Record<>(row.key(), row, now), Nodes.WRITE_ACTIVITY_STATS);
    }

    private void dropOldSeconds(ActivityId id) {
        String activity = id.value();
        Totals before = totals(activity);
        long keepFrom = before.keepFrom();
        if (keepFrom == before.droppedBefore()) {
            return;
        }
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
