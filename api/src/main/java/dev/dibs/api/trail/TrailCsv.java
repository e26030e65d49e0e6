package dev.dibs.api.trail;

import dev.dibs.api.export.CsvEncoder;
import dev.dibs.trail.TrailEntry;
import java.util.List;

/** Entries as rows. */
final class TrailCsv {
    private static final String[] HEADER = {
        "occurred_at",
        "type",
        "call_id",
        "actor",
        "roles",
        "action",
        "activity_id",
        "target",
        "status",
        "outcome",
        "instance",
        "suppressed"
    };

    private TrailCsv() {}

    static byte[] header() {
        return CsvEncoder.write(1, csv -> csv.writeRecord(HEADER));
    }

    static byte[] rows(List<TrailEntry> entries) {
        return CsvEncoder.write(
                entries.size(),
                csv -> entries.forEach(entry -> csv.writeRecord(
                        CsvEncoder.time(entry.occurredAt()),
                        entry.stage().type(),
                        entry.callId().toString(),
                        CsvEncoder.safe(entry.actor()),
                        CsvEncoder.safe(entry.roles()),
                        CsvEncoder.safe(entry.action()),
                        CsvEncoder.safe(entry.activityId()),
                        CsvEncoder.safe(entry.target()),
                        Integer.toString(entry.status()),
                        CsvEncoder.safe(entry.outcome()),
                        CsvEncoder.safe(entry.instance()),
                        Integer.toString(entry.suppressed()))));
    }
}
