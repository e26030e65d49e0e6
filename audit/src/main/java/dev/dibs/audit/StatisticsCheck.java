package dev.dibs.audit;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** G5 for the statistics: the totals are those of the log, and so are the counts of each second. */
final class StatisticsCheck {
    private final AuditedActivities activities;
    private final Findings findings;
    private final Map<ActivityId, ActivityStats> totals = new HashMap<>();
    /** The latest counts of each second: as many as the sale has seconds, whatever its size. */
    private final Map<ActivityId, Map<Long, SecondStats>> seconds = new HashMap<>();

    StatisticsCheck(AuditedActivities activities, Findings findings) {
        this.activities = activities;
        this.findings = findings;
    }

    void run(KafkaSource kafka) {
        kafka.read(Topics.ACTIVITY_STATS, this::total);
        kafka.read(Topics.ACTIVITY_STATS_PER_SECOND, this::second);
        for (AuditedActivity activity : activities.all()) {
            ActivityStats stats = totals.get(activity.id());
            if (stats != null) {
                compare(activity, stats);
                Map<Long, SecondStats> own = seconds.getOrDefault(activity.id(), Map.of());
                new SecondsCheck(activity, own, findings).run();
                new FairnessCheck(activity, stats.fairness(), findings).run();
                activity.looked(Check.STATISTICS, "%,d granted over %,d seconds", stats.granted(), own.size());
            } else if (activity.isInLog()) {
                report(
                        activity,
                        "the statistics have no totals of it, but the log has %d grabs",
                        activity.tally().valid());
            }
        }
    }

    private void total(ConsumerRecord<byte[], byte[]> record) {
        try {
            ActivityStats stats = ActivityStatsCodec.decode(record.value());
            if (activities.of(stats.activityId()) != null) {
                totals.put(stats.activityId(), stats);
            }
        } catch (UndecodableRecordException e) {
            undecodable(record, e);
        }
    }

    private void second(ConsumerRecord<byte[], byte[]> record) {
        try {
            SecondStats stats = SecondStatsCodec.decode(record.value());
            if (activities.of(stats.activityId()) != null) {
                seconds.computeIfAbsent(stats.activityId(), id -> new TreeMap<>())
                        .put(stats.second(), stats);
            }
        } catch (UndecodableRecordException e) {
            undecodable(record, e);
        }
    }

    private void compare(AuditedActivity activity, ActivityStats stats) {
        long voided = activity.tally().refused() + activity.otherRefused();
        activity.counts().statsGranted = stats.granted();
        expect(activity, "stock", activity.account().stock(), stats.stock());
        expect(activity, "granted", activity.tally().valid(), stats.granted());
        expect(activity, "remaining", activity.account().remaining(), stats.remaining());
        long reached = activity.grants().sequences().length();
        expect(activity, "free", reached - activity.grants().size(), stats.free());
        expect(activity, "unreached", activity.account().stock() - reached, stats.unreached());
        expect(activity, "redeemed", activity.redeemed(), stats.redeemed());
        expect(activity, "revoked", activity.revoked(), stats.revoked());
        expect(activity, "voided", voided, stats.voided());
        expect(activity, "duplicates", activity.tally().duplicates(), stats.duplicates());
        expect(activity, "firstGrabbedAt", activity.grants().firstGrabbedAt(), stats.firstGrabbedAt());
        expect(activity, "lastGrabbedAt", activity.grants().lastGrabbedAt(), stats.lastGrabbedAt());
        long soldOutAt = activity.account().remaining() == 0 ? activity.grants().lastGrabbedAt() : 0;
        expect(activity, "soldOutAt", soldOutAt, stats.soldOutAt());
        expect(activity, "logOffset", activity.lastOffset(), stats.logOffset());
        if (activity.isInLog()) {
            expect(activity, "logPartition", activity.partition(), stats.logPartition());
        }
    }

    private void expect(AuditedActivity activity, String field, long expected, long found) {
        if (expected != found) {
            report(activity, "%s is expected to be %d in the totals, but is %d", field, expected, found);
        }
    }

    private void report(AuditedActivity activity, String sentence, Object... args) {
        findings.add(Check.STATISTICS, activity.id(), sentence, args);
    }

    private void undecodable(ConsumerRecord<byte[], byte[]> record, UndecodableRecordException e) {
        findings.add(
                Check.STATISTICS,
                "",
                "topic %s has a record that cannot be read, in partition %d at offset %d: %s",
                record.topic(),
                record.partition(),
                record.offset(),
                e.getMessage());
    }
}
