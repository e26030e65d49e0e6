package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.TicketKind;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** G5 for the analysts' table: one granted row per valid grab, and one more where the ticket was redeemed or revoked. */
final class ResultsCheck {
    private static final String PLACE = "the result topic";

    private final AuditedActivities activities;
    private final Findings findings;
    private final Map<AuditedActivity, Seen> seen = new HashMap<>();

    private record Seen(TickList granted, BitSet used) {}

    ResultsCheck(AuditedActivities activities, Findings findings) {
        this.activities = activities;
        this.findings = findings;
    }

    void run(KafkaSource kafka) {
        activities.all().forEach(this::seen);
        kafka.read(Topics.GRAB_RESULTS, this::row);
        seen.forEach((activity, rows) -> {
            rows.granted.reportMissing();
            reportMissingUses(activity, rows.used);
            activity.looked(
                    Check.RESULTS,
                    "%,d granted, %,d used%s",
                    activity.counts().resultRows,
                    rows.used.cardinality(),
                    activity.grants().comparesPseudonyms() ? "" : "; buyers not compared, for want of a key");
        });
    }

    private Seen seen(AuditedActivity activity) {
        return seen.computeIfAbsent(
                activity, a -> new Seen(new TickList(a, Check.RESULTS, PLACE, findings), new BitSet()));
    }

    private void row(ConsumerRecord<byte[], byte[]> record) {
        GrabResult row;
        try {
            row = GrabResultCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            findings.add(
                    Check.RESULTS,
                    "",
                    "the result topic has a row that cannot be read, in partition %d at offset %d: %s",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return;
        }
        AuditedActivity activity = activities.of(row.activityId());
        if (activity == null) {
            return;
        }
        Differences differences = new Differences().value("the key", row.key(), text(record.key()));
        if (row.status() == GrabResult.Status.GRANTED) {
            activity.counts().resultRows++;
            granted(activity, row, differences);
        } else {
            used(activity, row, differences);
        }
    }

    private void granted(AuditedActivity activity, GrabResult row, Differences differences) {
        TickList list = seen(activity).granted;
        Grant grant = list.tick((long) row.sequence(), row.ticketId().toString());
        if (grant != null) {
            differences
                    .value("logOffset", grant.offset(), row.logOffset())
                    .time("statusAt", grant.grabbedAt(), row.statusAt());
            list.compare(grant, compare(activity, grant, row, differences));
        }
    }

    private void used(AuditedActivity activity, GrabResult row, Differences differences) {
        Seen rows = seen(activity);
        Grant grant = activity.grants().get(row.sequence());
        boolean expected = grant != null
                && grant.ticketId().equals(row.ticketId())
                && grant.use().name().equals(row.status().name());
        if (!expected || rows.used.get(row.sequence())) {
            findings.add(
                    Check.RESULTS,
                    activity.id(),
                    "%s has a row too many: sequence %d (ticket %s) is %s%s",
                    PLACE,
                    row.sequence(),
                    row.ticketId(),
                    row.status().label(),
                    expected ? " twice" : ", which the log does not say");
            return;
        }
        rows.used.set(row.sequence());
        differences
                .value("logOffset", grant.usedOffset(), row.logOffset())
                .time("statusAt", grant.usedAt(), row.statusAt());
        rows.granted.compare(grant, compare(activity, grant, row, differences));
    }

    private static Differences compare(AuditedActivity activity, Grant grant, GrabResult row, Differences differences) {
        return differences
                .pseudonym(grant, activity.grants().isPseudonym(grant.sequence(), row.userPseudonym()))
                .value("ticketKind", grant.kind(), row.ticketKind())
                .value("epoch", grant.epoch(), row.epoch())
                .time("requestedAt", grant.requestedAt(), row.requestedAt())
                .time("grabbedAt", grant.grabbedAt(), row.grabbedAt())
                .value("logPartition", grant.partition(), row.logPartition())
                .value("addressHash's fingerprint", grant.address(), Grants.hashOf(row.addressHash()))
                .value("activityName", activityName(activity, row), row.activityName())
                .value("ticketName", ticketName(activity, grant.kind(), row), row.ticketName());
    }

    /** Names are joined in passing: one that was not known yet is empty, and one may have been changed since. */
    private static String activityName(AuditedActivity activity, GrabResult row) {
        Activity known = activity.configuration();
        String name = row.activityName();
        return known == null || name.isEmpty() || activity.names().ofActivity(name) ? name : known.name();
    }

    private static String ticketName(AuditedActivity activity, TicketKind kind, GrabResult row) {
        Activity known = activity.configuration();
        String name = row.ticketName();
        if (known == null || name.isEmpty() || activity.names().ofTicket(kind, name)) {
            return name;
        }
        return known.ticket(kind).map(TicketType::name).orElse("");
    }

    private void reportMissingUses(AuditedActivity activity, BitSet used) {
        activity.grants().sequences().stream()
                .filter(sequence -> activity.grants().isUsed(sequence) && !used.get(sequence))
                .forEach(sequence -> {
                    Grant grant = activity.grants().get(sequence);
                    findings.add(
                            Check.RESULTS,
                            activity.id(),
                            "%s lacks a row: sequence %d (ticket %s) was %s",
                            PLACE,
                            sequence,
                            grant.ticketId(),
                            grant.use().name().toLowerCase(java.util.Locale.ROOT));
                });
    }

    private static String text(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
