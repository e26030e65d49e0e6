package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A generated sale in the topics of the tests' broker, where the services would have written it. */
public final class RecordedSale {
    private RecordedSale() {}

    /** The activity alone. */
    public static void configure(ActivityId id, String name) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            configure(producer, GeneratedSale.ofAThousand(id, name, 1).activity());
        }
    }

    /** The activity and a thousand grabs of it. */
    public static void write(ActivityId id, String name) {
        GeneratedSale sale = GeneratedSale.ofAThousand(id, name, 1);
        int partition = Topics.partition(id, TestTopics.PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            configure(producer, sale.activity());
            sale.records((topic, key, value) -> producer.send(new ProducerRecord<>(topic, partition, key, value)));
        }
    }

    private static void configure(KafkaProducer<byte[], byte[]> producer, Activity activity) {
        byte[] key = activity.activityId().value().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.ACTIVITIES, key, ActivityCodec.encode(activity)));
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(TestServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
