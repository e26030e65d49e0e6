package dev.dibs.e2e;

import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the instances have counted of requests, read once from its beginning and added up in the plainest way. */
final class FunnelRecount {
    private final Set<ActivityId> ids;
    private final Map<ActivityId, Map<Long, Demand>> seconds = new HashMap<>();

    /**
     * Requests, and answers by their names.
     *
     * @param answers those that were given at all
     */
    record Demand(long requests, Map<String, Long> answers) {
        private static final Demand NONE = new Demand(0, Map.of());

        Demand {
            answers = new TreeMap<>(answers);
            answers.values().removeIf(count -> count == 0);
        }

        boolean isEmpty() {
            return equals(NONE);
        }

        private Demand plus(Demand other) {
            Map<String, Long> sum = new TreeMap<>(answers);
            other.answers.forEach((answer, count) -> sum.merge(answer, count, Long::sum));
            return new Demand(requests + other.requests, sum);
        }
    }

    private FunnelRecount(Set<ActivityId> ids) {
        this.ids = ids;
    }

    static FunnelRecount of(Set<ActivityId> ids) {
        FunnelRecount recount = new FunnelRecount(ids);
        TopicReader.read(Topics.GRAB_FUNNEL, recount::add);
        return recount;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        GrabFunnel funnel;
        try {
            funnel = GrabFunnelCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            return;
        }
        if (ids.contains(funnel.activityId())) {
            Demand demand = new Demand(funnel.requests(), funnel.answers());
            if (!demand.isEmpty()) {
                seconds.computeIfAbsent(funnel.activityId(), id -> new TreeMap<>())
                        .merge(funnel.second(), demand, Demand::plus);
            }
        }
    }

    Map<ActivityId, Map<Long, Demand>> seconds() {
        return seconds;
    }

    Demand total(ActivityId id) {
        return seconds.getOrDefault(id, Map.of()).values().stream().reduce(Demand.NONE, Demand::plus);
    }
}
