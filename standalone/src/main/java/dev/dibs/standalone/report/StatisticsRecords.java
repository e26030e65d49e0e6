package dev.dibs.standalone.report;

import dev.dibs.codec.Json;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
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
                Json.integer(Json.parseObject(value), "stockAdded"),
                Json.integer(Json.parseObject(value), "remaining"));
    }

    static Totals totals(byte[] value) throws UndecodableRecordException {
        ActivityStats stats = ActivityStatsCodec.decode(value);
        return new Totals(
                stats.stock(),
                stats.granted(),
                stats.remaining(),
                Json.integer(Json.parseObject(value), "free"),
                Json.integer(Json.parseObject(value), "unreached"),
                Json.parseObject(value).path("holds").asBoolean(true),
                stats.redeemed(),
                stats.revoked(),
                stats.voided(),
                stats.duplicates(),
                stats.requests(),
                stats.answers(),
                stats.firstGrabbedAt(),
                stats.lastGrabbedAt(),
                Json.integer(Json.parseObject(value), "soldOutAt"),
                stats.logPartition(),
                stats.logOffset(),
                stats.fairness(),
                stats.waits());
    }
}
