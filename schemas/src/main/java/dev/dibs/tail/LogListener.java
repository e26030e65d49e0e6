package dev.dibs.tail;

import dev.dibs.events.TicketEvent;
import dev.dibs.ledger.Verdict;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Told of each record of the log in partition order, on the thread of the tail. Must not block for long. */
public interface LogListener {

    /** A record, after the ledger has folded it. */
    void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict);

    /** Likewise, for whom it matters how the record came into the log, such as who has appended it. */
    default void onVerdict(ConsumerRecord<byte[], byte[]> record, TicketEvent event, Verdict verdict) {
        onVerdict(record.partition(), record.offset(), event, verdict);
    }

    /** A record that could not be decoded, and is void for everybody. */
    default void onUndecodable(int partition, long offset, byte[] key, byte[] value, String error) {}

    /** A record of an activity that is not folded any more: there is no verdict on it. */
    default void onPassedOver(int partition, long offset, TicketEvent event) {}

    /** All records of this partition below this offset have been told. */
    default void onPosition(int partition, long nextOffset) {}

    /** No record is at hand at the moment: what has been told so far may be flushed. */
    default void onBatchEnd() {}
}
