package dev.dibs.audit;

import com.mongodb.client.model.Filters;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.topics.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/** Looks again and again at how far everything is, reading of the topics only what has been added since. */
final class LagWatch implements AutoCloseable {
    private final AuditSources sources;
    private final KafkaSource kafka;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final MongoSource mongo;
    private final RedisSource redis;
    /** By activity, the offset of its last record in the log, and up to where the statistics have counted. */
    private final Map<ActivityId, Long> logged = new TreeMap<>(Comparator.comparing(ActivityId::value));

    private final Map<ActivityId, Long> counted = new TreeMap<>(Comparator.comparing(ActivityId::value));

    /** Outboxes that held claims at the last look. */
    private Set<ActivityId> waiting = Set.of();

    private long records;
    /** Those among them that are of audited activities. */
    private long audited;

    LagWatch(AuditSources sources) {
        this.sources = sources;
        this.kafka = new KafkaSource(sources.kafka());
        this.consumer = kafka.consumer();
        MongoSource openedMongo = null;
        try {
            List<TopicPartition> partitions = new ArrayList<>(kafka.partitions(consumer, Topics.TICKET_EVENTS));
            partitions.addAll(kafka.partitions(consumer, Topics.ACTIVITY_STATS));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            openedMongo = new MongoSource(sources);
            this.redis = new RedisSource(sources);
        } catch (RuntimeException e) {
            consumer.close();
            if (openedMongo != null) {
                openedMongo.close();
            }
            throw e instanceof KafkaException broken ? kafka.unreadable(broken) : e;
        }
        this.mongo = openedMongo;
    }

    /**
     * What lags at the moment, in a sentence each. The outboxes are looked at before the log is read a last time: a
     * claim that has left its outbox is in the log, so that none slips through in between.
     */
    List<String> look() {
        List<String> lagging = new ArrayList<>();
        readOn();
        Map<ActivityId, Long> claims = waitingClaims();
        waiting = claims.keySet();
        claims.forEach((activity, count) -> lagging.add("the outbox of " + activity + " holds " + count + " claims"));
        long before = records;
        Map<TopicPartition, Long> ends = readOn();
        if (records > before) {
            lagging.add("the log is still being written");
        }
        addStatisticsLag(lagging);
        addProjectorLag(ends, lagging);
        return lagging;
    }

    /**
     * Whether the log of the audited activities has been added to since the last look, or is about to be. An outbox that
     * held claims then already is no sign of it: it may be stuck, and that is for the audit to say.
     */
    boolean moved() {
        long before = audited;
        boolean claimed = !waiting.containsAll(waitingClaims().keySet());
        readOn();
        return claimed || audited > before;
    }

    private Map<TopicPartition, Long> readOn() {
        try {
            return kafka.readOn(consumer, "the log and the statistics", this::note);
        } catch (KafkaException e) {
            throw kafka.unreadable(e);
        }
    }

    private Map<ActivityId, Long> waitingClaims() {
        Map<ActivityId, Long> claims = new LinkedHashMap<>();
        for (ActivityId activity : logged.keySet()) {
            long count = redis.streamSize(new InventoryKeys(activity).outbox());
            if (count > 0) {
                claims.put(activity, count);
            }
        }
        return claims;
    }

    private void addStatisticsLag(List<String> lagging) {
        logged.forEach((activity, offset) -> {
            long reached = counted.getOrDefault(activity, -1L);
            if (reached < offset) {
                lagging.add("the statistics of " + activity + " are at offset " + reached + " of the log, not yet at "
                        + offset);
            }
        });
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.ACTIVITY_STATS)) {
                ActivityStats stats = ActivityStatsCodec.decode(record.value());
                counted.put(stats.activityId(), stats.logOffset());
                return;
            }
            ActivityId activityId = TicketEventCodec.decode(record.value()).activityId();
            records++;
            if (sources.includes(activityId)) {
                audited++;
                logged.put(activityId, record.offset());
            }
        } catch (UndecodableRecordException e) {
            // Void for everybody: nothing is derived from it, so nobody has to catch up with it.
            return;
        }
    }

    private void addProjectorLag(Map<TopicPartition, Long> ends, List<String> lagging) {
        String collection = mongo.currentTickets();
        ends.forEach((partition, end) -> {
            if (partition.topic().equals(Topics.TICKET_EVENTS) && end > 0) {
                long position = position(collection, partition.partition());
                if (position < end) {
                    lagging.add("the projector is at offset " + position + " of partition " + partition.partition()
                            + " of the log, not yet at " + end);
                }
            }
        });
    }

    private long position(String collection, int partition) {
        long[] position = {0};
        mongo.scan(
                Documents.PROJECTIONS,
                Filters.eq("_id", Documents.positionId(collection, partition)),
                new Document(),
                found -> position[0] = found.get(Projection.NEXT_OFFSET) instanceof Number next ? next.longValue() : 0);
        return position[0];
    }

    @Override
    public void close() {
        consumer.close();
        mongo.close();
        redis.close();
    }
}
