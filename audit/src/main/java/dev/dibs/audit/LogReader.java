package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.topics.Topics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds the log, and reads how the activities in it are configured. */
final class LogReader {
    private final KafkaSource kafka;
    private final AuditedActivities activities;
    private final Findings findings;

    LogReader(KafkaSource kafka, AuditedActivities activities, Findings findings) {
        this.kafka = kafka;
        this.activities = activities;
        this.findings = findings;
    }

    void read() {
        int partitions = kafka.partitionsOf(Topics.TICKET_EVENTS);
        Map<Integer, Long> starts = kafka.fold(activities.ledger(), (partition, offset, event, verdict) -> {
            AuditedActivity activity = activities.existing(event.activityId());
            if (activity != null) {
                activity.fold(partitions, partition, offset, event, verdict);
            }
        });
        starts.forEach((partition, start) -> {
            if (start > 0) {
                findings.add(
                        Check.CODES,
                        "",
                        "partition %d of the log is expected to begin at offset 0, but begins at %d",
                        partition,
                        start);
            }
        });
        kafka.read(Topics.ACTIVITIES, this::configure);
        for (AuditedActivity activity : activities.all()) {
            compareWithLedger(activity);
        }
    }

    private void configure(ConsumerRecord<byte[], byte[]> row) {
        if (row.value() == null) {
            return;
        }
        try {
            Activity configuration = ActivityCodec.decode(row.value());
            AuditedActivity activity = activities.existing(configuration.activityId());
            if (activity != null) {
                activity.configure(configuration);
            }
        } catch (UndecodableRecordException e) {
            // Configuration is no promise of the audit; its readers dead-letter such a record.
            return;
        }
    }

    /** Both have counted the same log; the ledger's answer is what everybody else lives by. */
    private void compareWithLedger(AuditedActivity activity) {
        LogTally tally = activity.tally();
        if (tally.stock() != activity.account().stock()) {
            findings.add(
                    Check.CODES,
                    activity.id(),
                    "the stock in the log is %d, but the ledger says %d",
                    tally.stock(),
                    activity.account().stock());
        }
        if (tally.sequences() != activity.account().granted()) {
            findings.add(
                    Check.CODES,
                    activity.id(),
                    "%d sequences are granted in the log, but the ledger says %d",
                    tally.sequences(),
                    activity.account().granted());
        }
        activity.looked(Check.LIMIT, "%,d winners, at most %d each", tally.winners(), tally.highestLimit());
    }
}
