package dev.dibs.processor.topology;

/** Names of the topology's nodes. */
final class Nodes {
    static final String READ_TICKET_EVENTS = "read-ticket-events";
    static final String READ_ACTIVITIES = "read-activities";
    static final String READ_GRAB_FUNNEL = "read-grab-funnel";

    static final String DECODE_TICKET_EVENTS = "decode-ticket-events";
    static final String DECODE_ACTIVITIES = "decode-activities";
    static final String DECODE_GRAB_FUNNEL = "decode-grab-funnel";

    static final String LEARN_NAMES = "learn-names";
    static final String APPLY_LEDGER = "apply-ledger";
    static final String COUNT = "count";

    static final String WRITE_GRAB_RESULTS = "write-grab-results";
    static final String WRITE_ACTIVITY_STATS = "write-activity-stats";
    static final String WRITE_SECOND_STATS = "write-activity-stats-per-second";
    static final String WRITE_ALARMS = "write-alarms";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private Nodes() {}
}
