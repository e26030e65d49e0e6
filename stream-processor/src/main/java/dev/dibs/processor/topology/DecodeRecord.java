package dev.dibs.processor.topology;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.processor.state.Remembered;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns bytes into what they say. What says nothing goes to the dead letters, and the next record has its turn. */
final class DecodeRecord<V> implements Processor<byte[], byte[], byte[], Object> {
    private static final Logger log = LoggerFactory.getLogger(DecodeRecord.class);
    private static final String METRICS = "dibs";

    /** Null stays null where a topic knows records without a value. */
    @FunctionalInterface
    interface Decoder<V> {
        V decode(byte[] value) throws UndecodableRecordException;
    }

    private final Decoder<V> decoder;
    private final String next;
    private ProcessorContext<byte[], Object> context;
    /** Of its own topic; whoever decodes another one puts another entry. */
    private Remembered<String, Long> positions;

    private boolean repeating;

    DecodeRecord(Decoder<V> decoder, String next) {
        this.decoder = decoder;
        this.next = next;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> streams) {
        context = streams;
        positions = StateStores.POSITIONS.rememberedIn(streams);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of a topic has a place in it"));
        if (hasBeenProcessed(origin)) {
            return;
        }
        positions.put(origin.topic(), origin.offset() + 1);
        V value;
        try {
            value = decoder.decode(record.value());
        } catch (UndecodableRecordException | RuntimeException e) {
            // Also a mistake in a decoder must not stop the log: the same bytes would stop it again after a restart.
            bury(record, origin, e);
            return;
        }
        context.forward(new Record<>(record.key(), value, record.timestamp(), record.headers()), next);
    }

    /**
     * Kafka forgets how far an application has read a week after it was stopped, and would then send everything again
     * into stores that hold it already.
     */
    private boolean hasBeenProcessed(RecordMetadata origin) {
        Long position = positions.get(origin.topic());
        boolean processed = position != null && origin.offset() < position;
        if (processed) {
            count("skipped", origin.topic());
        }
        if (processed && !repeating) {
            log.warn(
                    "Records that have been processed before come again and are skipped;"
                            + " topic={} partition={} offset={} error=expected offset {}",
                    origin.topic(),
                    origin.partition(),
                    origin.offset(),
                    position);
        }
        repeating = processed;
        return processed;
    }

    private void bury(Record<byte[], byte[]> record, RecordMetadata origin, Exception error) {
        log.error(
                "A record cannot be decoded and goes to the dead letters; topic={} partition={} offset={} error={}",
                origin.topic(),
                origin.partition(),
                origin.offset(),
                error.toString());
        count("undecodable", origin.topic());
        context.forward(DeadLetters.of(record, origin, error, context.currentSystemTimeMs()), Nodes.WRITE_DEAD_LETTERS);
    }

    private void count(String what, String topic) {
        context.metrics()
                .addRateTotalSensor(METRICS, topic, what, Sensor.RecordingLevel.INFO)
                .record();
    }
}
