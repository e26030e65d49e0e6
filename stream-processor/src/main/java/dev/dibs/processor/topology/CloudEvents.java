package dev.dibs.processor.topology;

import dev.dibs.codec.CloudEventKind;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import dev.dibs.results.GrabResult;
import dev.dibs.results.SecondStats;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The attributes of CloudEvents of all that the processor writes. Their ids are made of what they are ids of, so that
 * what is written again after a crash or a rebuild has the id that it had, and whoever has it already can tell.
 */
final class CloudEvents {
    /** The ids of each are unique by themselves. */
    private static final String SOURCE = "/dibs/stream-processor/";

    private static final CloudEventKind GRAB_RESULT = CloudEventKind.ofJson("GrabResult", SOURCE + "grab-results");
    private static final CloudEventKind ACTIVITY_STATS =
            CloudEventKind.ofJson("ActivityStats", SOURCE + "activity-stats");
    private static final CloudEventKind SECOND_STATS =
            CloudEventKind.ofJson("SecondStats", SOURCE + "activity-stats-per-second");
    private static final CloudEventKind ALARM = CloudEventKind.ofJson("ConservationAlarm", SOURCE + "alarms");
    private static final CloudEventKind DEAD_LETTER = CloudEventKind.ofBytes("DeadLetter", SOURCE + "dead-letters");

    /** As many bytes of a SHA-256 as make it certain that two sums never have the same. */
    private static final int ID_BYTES = 16;

    private static final long MILLIS = 1_000;

    private CloudEvents() {}

    /** Its id is the place in the log of the record that it reports: no record makes two rows. */
    static void ofResult(Headers headers, GrabResult row, byte[] bytes) {
        GRAB_RESULT.write(headers, row.logPartition() + "-" + row.logOffset(), row.statusAt());
    }

    /** Without a time: a sum has none of its own. */
    static void ofTotals(Headers headers, ActivityStats row, byte[] bytes) {
        ACTIVITY_STATS.write(headers, idOf(bytes));
    }

    /** Its time is the beginning of the second, unless no clock ever shows it. */
    static void ofSecond(Headers headers, SecondStats row, byte[] bytes) {
        if (row.second() > Long.MAX_VALUE / MILLIS) {
            SECOND_STATS.write(headers, idOf(bytes));
        } else {
            SECOND_STATS.write(headers, idOf(bytes), row.second() * MILLIS);
        }
    }

    /** Its id is the place in the log behind which something is broken. */
    static void ofAlarm(Headers headers, ConservationAlarm alarm, byte[] bytes) {
        ALARM.write(headers, alarm.logPartition() + "-" + alarm.logOffset(), alarm.at());
    }

    /** Its id is the place of the record that could not be read, its time that record's. */
    static void ofDeadLetter(Headers headers, Record<byte[], byte[]> record, RecordMetadata origin) {
        String id = origin.topic() + "-" + origin.partition() + "-" + origin.offset();
        if (record.timestamp() < 0) {
            DEAD_LETTER.write(headers, id);
        } else {
            DEAD_LETTER.write(headers, id, record.timestamp());
        }
    }

    /**
     * Of a sum. It is not the place in the log, because sums also change by what instances have counted, without a record
     * of the log: two different sums with one id would be taken for one.
     */
    private static String idOf(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }
}
