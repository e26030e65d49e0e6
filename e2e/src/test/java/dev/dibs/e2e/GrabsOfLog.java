package dev.dibs.e2e;

import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.e2e.ArrivalOrder.Grab;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.tail.LogConsumers;
import dev.dibs.testkit.TestServers;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The valid grabs of an activity, with the instance that wrote each. */
final class GrabsOfLog {
    private GrabsOfLog() {}

    static List<Grab> of(ActivityId activity) throws UndecodableRecordException {
        Ledger ledger = new Ledger(new MemoryLedgerState());
        List<Grab> grabs = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                LogConsumers.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
            int partitions = LogConsumers.partitions(consumer).size();
            TopicPartition partition = new TopicPartition(Topics.TICKET_EVENTS, Topics.partition(activity, partitions));
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (activity.value().equals(new String(record.key(), StandardCharsets.UTF_8))) {
                        add(record, ledger, grabs);
                    }
                }
            }
        }
        return grabs;
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, Ledger ledger, List<Grab> grabs)
            throws UndecodableRecordException {
        TicketEvent event = TicketEventCodec.decode(record.value());
        Verdict verdict = ledger.apply(record.offset(), event);
        if (verdict == Verdict.VALID && event instanceof TicketGrabbed grabbed) {
            String source = new String(record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8);
            grabs.add(new Grab(grabbed.sequence(), grabbed.requestedAt(), source));
        }
    }
}
