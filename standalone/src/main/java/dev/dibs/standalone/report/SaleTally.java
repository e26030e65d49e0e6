package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Spread;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.ConservationAlarmCodec;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the records of the statistics' topics come to, for one activity. Of totals and of each second the latest record
 * counts, waits are added up; so the memory it takes does not grow with the number of records.
 */
final class SaleTally {
    /** The topics whose records it takes. */
    static final List<String> TOPICS =
            List.of(Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND, Topics.GRAB_FUNNEL, Topics.ALARMS);

    private final ActivityId activityId;
    private final Seconds seconds = new Seconds();
    private final Spread waits = new Spread();
    private final Alarms alarms = new Alarms();
    private ActivityStats totals;
    private long unreadable;

    SaleTally(ActivityId activityId) {
        this.activityId = activityId;
    }

    /** Takes a record of one of {@link #TOPICS}, in the order of its partition; those of other activities pass by. */
    void add(String topic, byte[] key, byte[] value) {
        if (value == null || !isOurs(key)) {
            return;
        }
        try {
            switch (topic) {
                case Topics.ACTIVITY_STATS -> totals = ActivityStatsCodec.decode(value);
                case Topics.ACTIVITY_STATS_PER_SECOND -> seconds.put(CountedSecond.of(SecondStatsCodec.decode(value)));
                case Topics.GRAB_FUNNEL -> GrabFunnelCodec.decode(value).waits().forEach(waits::add);
                case Topics.ALARMS -> alarms.add(ConservationAlarmCodec.decode(value));
                default -> throw new IllegalArgumentException("not a topic of statistics: " + topic);
            }
        } catch (UndecodableRecordException e) {
            // The page says how many; whoever wrote it has put it among the dead letters.
            unreadable++;
        }
    }

    /** By the key alone, which is the activity, or the activity and a second: a partition is many activities'. */
    private boolean isOurs(byte[] key) {
        byte[] ours = activityId.value().getBytes(StandardCharsets.UTF_8);
        if (key == null || key.length < ours.length) {
            return false;
        }
        for (int i = 0; i < ours.length; i++) {
            if (key[i] != ours[i]) {
                return false;
            }
        }
        return key.length == ours.length || key[ours.length] == ':';
    }

    /** @param readTo the next offset of each partition that was read, by its name */
    Optional<Sale> sale(Activity activity, Map<String, Long> readTo) {
        return totals == null
                ? Optional.empty()
                : Optional.of(new Sale(activity, totals, seconds, waits, alarms, unreadable, readTo));
    }
}
