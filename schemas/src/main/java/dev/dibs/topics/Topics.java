package dev.dibs.topics;

import dev.dibs.blocks.Block;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every topic of Dibs. All that are about activities are keyed by the activity's id and partitioned alike.
 */
public final class Topics {
    /** The facts; the only source of truth. Values: {@link dev.dibs.events.TicketEvent}. */
    public static final String TICKET_EVENTS = "dibs.ticket-events";
    /** The configuration of each activity. Values: {@link dev.dibs.activity.Activity}. */
    public static final String ACTIVITIES = "dibs.activities";
    /** Requests and refusals per instance and second. Values: {@link dev.dibs.funnel.GrabFunnel}. */
    public static final String GRAB_FUNNEL = "dibs.grab-funnel";
    /** One flat row per valid grab: the analysts' table. */
    public static final String GRAB_RESULTS = "dibs.grab-results";
    /** Totals per activity. */
    public static final String ACTIVITY_STATS = "dibs.activity-stats";
    /** Counts per activity and second. */
    public static final String ACTIVITY_STATS_PER_SECOND = "dibs.activity-stats-per-second";
    /** What must never happen, and has. Values: {@link dev.dibs.results.ConservationAlarm}. */
    public static final String ALARMS = "dibs.alarms";
    /** How often the statistics have been rebuilt; one partition. */
    public static final String STATS_REBUILDS = "dibs.stats-rebuilds";
    /**
     * Sessions that have been ended before their tokens expire; one partition. Values: {@link
     * dev.dibs.sessions.SessionEnding}, keyed by the user or the session.
     */
    public static final String SESSION_ENDINGS = "dibs.session-endings";
    /** Who may not grab for a while; one partition, keyed by what is blocked. Values: {@link Block}. */
    public static final String BLOCKS = "dibs.blocks";
    /** Who did what, and when; one partition. Values: {@link dev.dibs.trail.TrailEntry}. */
    public static final String AUDIT = "dibs.audit";
    /** Records that could not be decoded, as they were. */
    public static final String DEAD_LETTERS = "dibs.dead-letters";

    private static final Map<String, String> KEPT_FOR_EVER = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1",
            "unclean.leader.election.enable",
            "false");
    private static final Map<String, String> LATEST_PER_KEY =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    /** The latest per key, until nobody needs it any more in any case. */
    private static final Map<String, String> LATEST_PER_KEY_OF_A_YEAR = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(Block.MAX_DAYS + 30L).toMillis()));

    private static final Map<String, String> KEPT_30_DAYS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(30).toMillis()));

    /** Of what means nothing any more after 30 days at most. */
    private static final Map<String, String> LATEST_PER_KEY_FOR_31_DAYS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(31).toMillis()));

    private Topics() {}

    /**
     * The topics with their settings, for whoever creates them.
     *
     * @param partitions of the topics that are keyed by the activity; must never change once the log exists
     * @param replication 3 in production, with {@code min.insync.replicas} 2; 1 on a single broker
     */
    public static List<NewTopic> all(int partitions, short replication) {
        return List.of(
                topic(TICKET_EVENTS, partitions, replication, KEPT_FOR_EVER),
                topic(ACTIVITIES, partitions, replication, LATEST_PER_KEY),
                topic(GRAB_FUNNEL, partitions, replication, KEPT_30_DAYS),
                topic(GRAB_RESULTS, partitions, replication, KEPT_FOR_EVER),
                topic(ACTIVITY_STATS, partitions, replication, LATEST_PER_KEY),
                topic(ACTIVITY_STATS_PER_SECOND, partitions, replication, LATEST_PER_KEY),
                topic(ALARMS, partitions, replication, KEPT_FOR_EVER),
                topic(STATS_REBUILDS, 1, replication, LATEST_PER_KEY),
                topic(SESSION_ENDINGS, 1, replication, LATEST_PER_KEY_FOR_31_DAYS),
                topic(BLOCKS, 1, replication, LATEST_PER_KEY_OF_A_YEAR),
                topic(AUDIT, 1, replication, KEPT_FOR_EVER),
                topic(DEAD_LETTERS, 1, replication, KEPT_FOR_EVER));
    }

    /**
     * Where the records of an activity go: as Kafka's own partitioner does with the key.
     *
     * @param partitions of the topic
     */
    public static int partition(ActivityId activityId, int partitions) {
        return BuiltInPartitioner.partitionForKey(activityId.value().getBytes(StandardCharsets.UTF_8), partitions);
    }

    private static NewTopic topic(String name, int partitions, short replication, Map<String, String> settings) {
        Map<String, String> configs = new java.util.HashMap<>(settings);
        if (replication >= 3) {
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(name, partitions, replication).configs(configs);
    }
}
