package dev.dibs.api.tickets;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import reactor.core.publisher.Mono;

/** Finds the code of a sequence that somebody holds. */
public interface TicketCodes {

    /** A code and the kind of ticket it is for. Never to be logged. */
    record TicketCode(TicketKind kind, String code) {
        @Override
        public String toString() {
            return "TicketCode[kind=" + kind + "]";
        }
    }

    /** The code; an error where neither Redis nor MongoDB has it or answers in time. */
    Mono<TicketCode> find(ActivityId activityId, int sequence);
}
