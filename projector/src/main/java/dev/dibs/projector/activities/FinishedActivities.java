package dev.dibs.projector.activities;

import dev.dibs.ids.ActivityId;
import dev.dibs.projector.tickets.LogTimes;
import dev.dibs.projector.tickets.ProjectionSession;
import dev.dibs.topics.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the memory of activities that are over, once everything of them is written: where the log ends when an
 * activity is found to be over, there is nothing of it beyond.
 */
public final class FinishedActivities {
    private static final Logger log = LoggerFactory.getLogger(FinishedActivities.class);

    private final KnownActivities activities;
    private final LogTimes times;
    private final Clock clock;
    private final Map<ActivityId, Long> lastOffsets = new HashMap<>();

    public FinishedActivities(KnownActivities activities, LogTimes times, Clock clock) {
        this.activities = activities;
        this.times = times;
        this.clock = clock;
    }

    /** @throws org.apache.kafka.common.KafkaException where the brokers do not answer */
    public void releaseFrom(ProjectionSession session) {
        List<ActivityId> over = activities.forgotten(clock.millis()).stream()
                .filter(id -> !session.isReleased(id))
                .toList();
        if (over.stream().anyMatch(id -> !lastOffsets.containsKey(id))) {
            Map<Integer, Long> ends = times.ends();
            over.forEach(id -> lastOffsets.computeIfAbsent(id, i -> ends.get(Topics.partition(i, ends.size()))));
        }
        Map<Integer, Long> written = session.positions();
        for (ActivityId id : over) {
            int partitions = session.ends().size();
            if (written.getOrDefault(Topics.partition(id, partitions), 0L) >= lastOffsets.get(id)) {
                session.release(id);
                log.info("Released the account of an activity that is over; activityId={}", id);
            }
        }
    }
}
