package dev.dibs.standalone.report;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.ConservationAlarm;
import dev.dibs.results.ConservationAlarmCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;

/** The one place that knows what the fields of the statistics are called. */
final class StatisticsRecords {
    private StatisticsRecords() {}

    static CountedSecond second(byte[] value) throws UndecodableRecordException {
        SecondStats stats = SecondStatsCodec.decode(value);
        return new CountedSecond(
                stats.second(),
                stats.granted(),
                stats.redeemed(),
                stats.requests(),
                Answers.refused(stats.answers()),
                stats.stockAdded(),
                stats.remaining());
    }

    static Totals totals(byte[] value) throws UndecodableRecordException {
        ActivityStats stats = ActivityStatsCodec.decode(value);
        return new Totals(
                stats.stock(),
                stats.granted(),
                stats.remaining(),
                stats.free(),
                stats.unreached(),
                stats.holds(),
                stats.redeemed(),
                stats.revoked(),
                stats.voided(),
                stats.duplicates(),
                stats.requests(),
                stats.answers(),
                stats.firstGrabbedAt(),
                stats.lastGrabbedAt(),
                stats.soldOutAt(),
                stats.logPartition(),
                stats.logOffset(),
                stats.fairness(),
                stats.waits());
    }

    static Alarm alarm(byte[] value) throws UndecodableRecordException {
        ConservationAlarm alarm = ConservationAlarmCodec.decode(value);
        return new Alarm(
                alarm.logOffset(), alarm.at(), alarm.stock(), alarm.granted(), alarm.free(), alarm.unreached());
    }
}
