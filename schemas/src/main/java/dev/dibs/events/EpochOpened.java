package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import java.util.UUID;

/**
 * From here on, whatever an older epoch still writes is void. The offset of this record is the new epoch.
 *
 * @param nonce tells two openings apart that were appended at the same time
 * @param fence the replication id of the Redis server that this epoch was opened for
 * @param limitPerUser how many tickets one user may hold from here on, at least 1
 */
public record EpochOpened(
        UUID eventId, long occurredAt, ActivityId activityId, String nonce, String fence, int limitPerUser)
        implements TicketEvent {
    public EpochOpened {
        Require.present("eventId", eventId);
        Require.atLeast("occurredAt", 0, occurredAt);
        Require.present("activityId", activityId);
        Require.text("nonce", nonce, 64);
        Require.text("fence", fence, 64);
        Require.atLeast("limitPerUser", 1, limitPerUser);
    }
}
