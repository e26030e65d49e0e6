package dev.dibs.activity;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One sale: its whole configuration.
 *
 * @param startTime first second in which grabs are taken, epoch seconds
 * @param endTime first second in which they are not any more, epoch seconds
 * @param limitPerUser how many tickets one user may hold, 1 to 100
 * @param requiredRole the role a token must carry to take part, empty where everyone may
 * @param tickets the kinds of tickets, 1 to 50, no two of the same kind
 * @param version counts the changes, from 1
 * @param logStart the offset, in the activity's partition of the log, before which there is nothing of this activity
 * @param entry who else may not take part, and what a grab has to bring along
 */
public record Activity(
        ActivityId activityId,
        String name,
        String description,
        String image,
        long startTime,
        long endTime,
        int limitPerUser,
        String requiredRole,
        List<TicketType> tickets,
        ActivityState state,
        long version,
        long logStart,
        Entry entry) {
    public static final int MAX_LIMIT_PER_USER = 100;
    public static final int MAX_TICKET_KINDS = 50;

    public Activity {
        if (activityId == null) {
            throw new IllegalArgumentException("id must not be empty");
        }
        Texts.name("name", name);
        description = Texts.description("description", description);
        image = Texts.image("image", image);
        Texts.window("start_time", startTime, "end_time", endTime);
        if (limitPerUser < 1 || limitPerUser > MAX_LIMIT_PER_USER) {
            throw new IllegalArgumentException("limit_per_user must be 1 to " + MAX_LIMIT_PER_USER);
        }
        requiredRole = requiredRole == null ? "" : requiredRole;
        if (tickets == null || tickets.isEmpty() || tickets.size() > MAX_TICKET_KINDS) {
            throw new IllegalArgumentException("tickets must list 1 to " + MAX_TICKET_KINDS + " kinds");
        }
        tickets = List.copyOf(tickets);
        Set<TicketKind> kinds = new HashSet<>();
        for (TicketType ticket : tickets) {
            if (!kinds.add(ticket.kind())) {
                throw new IllegalArgumentException("tickets must not list kind '" + ticket.kind() + "' twice");
            }
        }
        if (state == null) {
            throw new IllegalArgumentException("state must not be empty");
        }
        if (version < 1 || logStart < 0) {
            throw new IllegalArgumentException("version must be at least 1 and logStart at least 0");
        }
        if (entry == null) {
            throw new IllegalArgumentException("entry must not be null");
        }
    }

    public Optional<TicketType> ticket(TicketKind kind) {
        return tickets.stream().filter(t -> t.kind().equals(kind)).findFirst();
    }

    public Activity withState(ActivityState newState) {
        return new Activity(
                activityId,
                name,
                description,
                image,
                startTime,
                endTime,
                limitPerUser,
                requiredRole,
                tickets,
                newState,
                version + 1,
                logStart,
                entry);
    }

    public Activity withEntry(Entry newEntry) {
        return new Activity(
                activityId,
                name,
                description,
                image,
                startTime,
                endTime,
                limitPerUser,
                requiredRole,
                tickets,
                state,
                version + 1,
                logStart,
                newEntry);
    }
}
