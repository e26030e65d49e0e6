package dev.dibs.tail;

import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.events.TicketEvent;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.LedgerState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a tail does with the records that it reads: decode, fold, tell, note how far it is. */
final class LogFold {
    private static final Logger log = LoggerFactory.getLogger(LogFold.class);

    private final LedgerState state;
    private final Ledger ledger;
    private final LogListener listener;
    private final TailPositions positions;
    private final AtomicLong read = new AtomicLong();

    LogFold(LedgerState state, LogListener listener, TailPositions positions) {
        this.state = state;
        this.ledger = new Ledger(state);
        this.listener = listener;
        this.positions = positions;
    }

    void fold(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                fold(record);
                positions.advance(record.partition(), record.offset() + 1);
            }
        }
        read.addAndGet(records.count());
        for (TopicPartition partition : consumer.assignment()) {
            advance(partition, consumer);
            if (!records.records(partition).isEmpty()) {
                listener.onPosition(partition.partition(), positions.next(partition.partition()));
            }
        }
    }

    /** Also behind the last record: a partition may end in a transaction's marker, which is no record. */
    private void advance(TopicPartition partition, Consumer<byte[], byte[]> consumer) {
        try {
            long next = consumer.position(partition, Duration.ZERO);
            if (next > positions.next(partition.partition())) {
                positions.advance(partition.partition(), next);
            }
        } catch (TimeoutException e) {
            // It has another leader, which has not said yet that it has what was read. The others must not wait for it.
            log.debug("The position in {} is not known yet", partition);
        }
    }

    /** How many records have been read. */
    long read() {
        return read.get();
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        TicketEvent event;
        try {
            event = TicketEventCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            log.error(
                    "A record of the log cannot be decoded and is void; topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            listener.onUndecodable(record.partition(), record.offset(), record.key(), record.value(), e.getMessage());
            return;
        }
        if (state.isReleased(event.activityId())) {
            listener.onPassedOver(record.partition(), record.offset(), event);
        } else {
            listener.onVerdict(record, event, ledger.apply(record.offset(), event));
        }
    }
}
