package dev.dibs.api.door;

import dev.dibs.activity.TicketType;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.verdict.TicketUse;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Holding;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** Why somebody is not let in, each under a name of its own. None of them says what the code was. */
final class DoorProblems {
    private DoorProblems() {}

    static Problem unknownCode() {
        return Problem.of(HttpStatus.NOT_FOUND, "unknown-code", "No activity has this code");
    }

    static Problem otherActivity(ActivityId activityId) {
        return conflict("other-activity", "This is a code of another activity, '" + activityId + "'")
                .with("activityId", activityId.value());
    }

    static Problem notIssued(ActivityId activityId) {
        return conflict("not-issued", "Nobody has won this code of activity '" + activityId + "'")
                .with("activityId", activityId.value());
    }

    /** @param use null where it is not known any more who it was */
    static Problem used(Holding.Use what, TicketUse use) {
        return what == Holding.Use.REVOKED ? revoked(use) : redeemed(use);
    }

    private static Problem redeemed(TicketUse use) {
        if (use == null) {
            return conflict("already-redeemed", "This ticket has been redeemed before");
        }
        return conflict("already-redeemed", "This ticket was redeemed at " + use.gate() + ", " + time(use.at()))
                .with("gate", use.gate())
                .with("redeemed_at", use.at());
    }

    private static Problem revoked(TicketUse use) {
        if (use == null) {
            return conflict("already-revoked", "This ticket has been revoked");
        }
        return conflict("already-revoked", "This ticket was revoked, " + time(use.at()))
                .with("revoked_at", use.at());
    }

    static Problem notYetValid(TicketType ticket) {
        return conflict("not-yet-valid", "This ticket is valid from " + time(ticket.startTime() * 1_000) + " on")
                .with("start_time", ticket.startTime())
                .with("end_time", ticket.endTime());
    }

    static Problem expired(TicketType ticket) {
        return conflict("expired", "This ticket was valid until " + time(ticket.endTime() * 1_000))
                .with("start_time", ticket.startTime())
                .with("end_time", ticket.endTime());
    }

    /** What became of its tickets is not in memory any more, but none of them is valid either. */
    static Problem over(ActivityId activityId) {
        return conflict("expired", "Activity '" + activityId + "' is over, and none of its tickets is valid any more")
                .with("activityId", activityId.value());
    }

    static Problem noSuchKind(ActivityId activityId) {
        return conflict("not-valid", "Activity '" + activityId + "' has no ticket of this kind any more")
                .with("activityId", activityId.value());
    }

    static Problem noSuchTicket() {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-ticket", "There is no such ticket");
    }

    static Problem stillReading() {
        return Problem.unavailable("still-reading", "This instance is still reading the log; try again in a moment");
    }

    static Problem notConfirmed() {
        return Problem.unavailable(
                "not-confirmed",
                "The log has not confirmed it in time; it may have happened all the same. Repeat the call with the same"
                        + " requestId to learn which");
    }

    private static Problem conflict(String kind, String detail) {
        return Problem.of(HttpStatus.CONFLICT, kind, detail);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
