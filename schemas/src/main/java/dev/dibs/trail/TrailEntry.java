package dev.dibs.trail;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.util.UUID;

/**
 * One line of the audit trail. What somebody with a role does is told twice: before it is done, and how it ended. An
 * entry that says that it has begun, and none that says how it ended, means that nobody knows: the instance died.
 *
 * @param callId the same in both entries of a call
 * @param occurredAt epoch milliseconds
 * @param actor the user id; empty where nobody knows who it was
 * @param roles of the actor, with a blank between them; empty for none
 * @param instance which instance of the API it came to, or which other program did it
 * @param action method and pattern of the path, such as {@code POST /admin/activities/{id}/publish}: never the path
 *     itself, in which anything may stand; or the command of a program that passes the API by
 * @param activityId which activity it was about; empty for none
 * @param target what else the path names, such as a ticket, or the system's user behind a command; empty for nothing
 * @param status of HTTP; 0 before the end, where the client did not wait for it, and of a command
 * @param outcome in a word; empty before the end
 * @param suppressed so many refused calls before this one were counted and not told, because there were too many
 */
public record TrailEntry(
        UUID eventId,
        UUID callId,
        Stage stage,
        long occurredAt,
        String actor,
        String roles,
        String instance,
        String action,
        String activityId,
        String target,
        int status,
        String outcome,
        int suppressed) {
    private static final int MAX_TEXT = 200;
    private static final int MAX_STATUS = 599;

    /** How far a call has come. */
    public enum Stage {
        BEGUN("CallBegun"),
        ENDED("CallEnded");

        private final String type;

        Stage(String type) {
            this.type = type;
        }

        /** As the record names it. */
        public String type() {
            return type;
        }

        /** @throws IllegalArgumentException for the name of anything else */
        public static Stage of(String type) {
            for (Stage stage : values()) {
                if (stage.type.equals(type)) {
                    return stage;
                }
            }
            throw new IllegalArgumentException("type '" + type + "' is not known");
        }
    }

    public TrailEntry {
        if (eventId == null || callId == null || stage == null) {
            throw new IllegalArgumentException("eventId, callId and type must not be empty");
        }
        if (occurredAt < 0 || suppressed < 0) {
            throw new IllegalArgumentException("occurredAt and suppressed must be at least 0");
        }
        if (status < 0 || status > MAX_STATUS) {
            throw new IllegalArgumentException("status must be 0 to " + MAX_STATUS);
        }
        if (!actor.isEmpty()) {
            actor = new UserId(actor).value();
        }
        if (!activityId.isEmpty()) {
            activityId = new ActivityId(activityId).value();
        }
        text("roles", roles, 0);
        text("instance", instance, 1);
        text("action", action, 1);
        text("target", target, 0);
        text("outcome", outcome, 0);
    }

    private static void text(String field, String value, int min) {
        if (value.length() < min || value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(field + " must have " + min + " to " + MAX_TEXT + " characters");
        }
    }
}
