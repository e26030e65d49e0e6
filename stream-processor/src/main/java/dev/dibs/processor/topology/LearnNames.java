package dev.dibs.processor.topology;

import dev.dibs.activity.Activity;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps the names of activities and tickets at hand for the rows that come. */
final class LearnNames implements Processor<byte[], Activity, Void, Void> {
    private Names names;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        names = new Names(StateStores.NAMES.in(context));
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        if (record.value() != null) {
            names.learn(record.value());
        } else if (record.key() != null) {
            names.forget(new String(record.key(), StandardCharsets.UTF_8));
        }
    }
}
