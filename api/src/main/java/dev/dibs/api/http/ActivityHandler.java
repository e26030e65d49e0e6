package dev.dibs.api.http;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.ActivityListing;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** {@code /act/list} and {@code /act/detail}: everything from memory. */
final class ActivityHandler {
    /** A crowd that reloads the page may be served by a cache on the way, as old as what people notice. */
    private static final int SHARED_SECONDS = 1;

    private final Catalogue catalogue;
    private final ActivityListing listing;
    private final LedgerView ledger;
    private final Tokens tokens;
    private final Grabs grabs;
    private final GrabTickets grabTickets;
    private final RedisClock clock;

    ActivityHandler(
            Catalogue catalogue,
            ActivityListing listing,
            LedgerView ledger,
            Tokens tokens,
            Grabs grabs,
            GrabTickets grabTickets,
            RedisClock clock) {
        this.catalogue = catalogue;
        this.listing = listing;
        this.ledger = ledger;
        this.tokens = tokens;
        this.grabs = grabs;
        this.grabTickets = grabTickets;
        this.clock = clock;
    }

    Mono<Answer> list(ServerHttpRequest request) {
        Parameters parameters = Parameters.ofQuery(request);
        int pageNum = parameters.pageNum();
        int pageSize = parameters.pageSize();
        long now = now();
        ActivityListing.Page page = parameters.has("lastId")
                ? parameters.afterLastId(lastId -> listing.after(lastId, pageSize, now))
                : listing.page(pageNum, pageSize, now);
        return Mono.just(Answer.of(
                        Ret.SUCCESS,
                        json -> Paging.write(json, pageNum, pageSize, page.hasMore(), page.lastId(), rows -> {
                            for (Activity activity : page.activities()) {
                                rows.writeStartObject();
                                Fields.activity(rows, activity);
                                rows.writeEndObject();
                            }
                        }))
                .sharedFor(SHARED_SECONDS));
    }

    Mono<Answer> detail(ServerHttpRequest request) {
        Activity activity = catalogue.find(Parameters.ofQuery(request).activityId());
        if (activity == null || activity.state() == ActivityState.DRAFT) {
            return Mono.just(Answer.of(Ret.NOT_FOUND, "no such activity"));
        }
        HttpHeaders headers = request.getHeaders();
        if (!headers.containsHeader(HttpHeaders.AUTHORIZATION)) {
            return Mono.just(
                    Answer.of(Ret.SUCCESS, json -> write(json, activity)).sharedFor(SHARED_SECONDS));
        }
        Principal caller = tokens.caller(headers);
        if (caller == null) {
            return Mono.just(Answer.of(Ret.UNAUTHENTICATED));
        }
        return ledger.isReleased(activity.activityId())
                ? detailOfReleased(activity, caller)
                : Mono.just(Answer.of(Ret.SUCCESS, json -> {
                    write(json, activity);
                    writeParticipation(json, ticketOf(activity, caller));
                    writeGrabTicket(json, grabTickets.issue(activity, caller, now()));
                }));
    }

    /** Of a sale that is over for long this instance does not know who has won; it may take as long as asking does. */
    private Mono<Answer> detailOfReleased(Activity activity, Principal caller) {
        return grabs.result(caller, activity.activityId()).map(outcome -> {
            if (outcome == GrabOutcome.Plain.UNAVAILABLE) {
                return Answer.of(Ret.UNAVAILABLE);
            }
            if (outcome instanceof GrabOutcome.TooMany tooMany) {
                return Answer.of(Ret.TOO_MANY_REQUESTS)
                        .with(HttpHeaders.RETRY_AFTER, Integer.toString(tooMany.retryAfterSeconds()));
            }
            TicketId ticketId = outcome instanceof GrabOutcome.Granted granted
                    ? granted.ticket().ticketId()
                    : null;
            return Answer.of(Ret.SUCCESS, json -> {
                write(json, activity);
                writeParticipation(json, ticketId);
            });
        });
    }

    private void write(JsonGenerator json, Activity activity) {
        MemoryActivityAccount account = ledger.account(activity.activityId());
        int remaining = account == null ? 0 : account.remaining();
        Fields.activity(json, activity);
        json.writeNumberProperty("remaining", remaining);
        json.writeStringProperty("status", status(activity, remaining, now()));
    }

    /** The latest one, or null. */
    private TicketId ticketOf(Activity activity, Principal caller) {
        MemoryActivityAccount account = ledger.account(activity.activityId());
        List<Holding> held = account == null ? List.of() : account.holdings(caller.fingerprint());
        return held.isEmpty() ? null : held.get(held.size() - 1).ticketId();
    }

    private static void writeParticipation(JsonGenerator json, TicketId ticketId) {
        json.writeBooleanProperty("participated", ticketId != null);
        if (ticketId != null) {
            json.writeStringProperty("ticketId", ticketId.toString());
        }
    }

    private static void writeGrabTicket(JsonGenerator json, GrabTickets.Issued ticket) {
        if (ticket != null) {
            json.writeStringProperty("grabTicket", ticket.text());
            json.writeNumberProperty("grabTicketExpires", ticket.expires());
            json.writeNumberProperty("proofOfWorkBits", ticket.proofOfWorkBits());
        }
    }

    private static String status(Activity activity, int remaining, long now) {
        if (activity.state() == ActivityState.ENDED || now >= activity.endTime()) {
            return "ended";
        }
        if (activity.state() == ActivityState.PAUSED) {
            return "paused";
        }
        if (now < activity.startTime()) {
            return "not_started";
        }
        return remaining > 0 ? "on_sale" : "sold_out";
    }

    private long now() {
        return clock.millis() / 1_000;
    }
}
