package dev.dibs.api.http;

import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.tickets.TicketPage;
import dev.dibs.api.tickets.TicketQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** {@code /ticket/list} and {@code /ticket/detail}: the caller's own tickets. */
final class TicketHandler {
    private static final Logger log = LoggerFactory.getLogger(TicketHandler.class);

    private final TicketQueries queries;
    private final Catalogue catalogue;
    private final Tokens tokens;
    private final RedisClock clock;

    TicketHandler(TicketQueries queries, Catalogue catalogue, Tokens tokens, RedisClock clock) {
        this.queries = queries;
        this.catalogue = catalogue;
        this.tokens = tokens;
        this.clock = clock;
    }

    Mono<Answer> list(ServerHttpRequest request) {
        Principal caller = tokens.caller(request.getHeaders());
        if (caller == null) {
            return Mono.just(Answer.of(Ret.UNAUTHENTICATED));
        }
        Parameters parameters = Parameters.ofQuery(request);
        int pageNum = parameters.pageNum();
        int pageSize = parameters.pageSize();
        Mono<TicketPage> page = parameters.has("lastId")
                ? parameters.afterLastId(lastId -> queries.after(caller, lastId, pageSize))
                : queries.page(caller, pageNum, pageSize);
        return page.map(found -> list(found, pageNum, pageSize)).onErrorResume(error -> unavailable(caller, error));
    }

    private Answer list(TicketPage page, int pageNum, int pageSize) {
        String message = page.complete() ? Ret.SUCCESS.message() : "some tickets cannot be read now and may be missing";
        return Answer.of(
                Ret.SUCCESS,
                message,
                json -> Paging.write(json, pageNum, pageSize, page.hasMore(), page.lastId(), rows -> {
                    long now = now();
                    for (OwnedTicket ticket : page.tickets()) {
                        rows.writeStartObject();
                        Fields.listed(rows, catalogue.find(ticket.activityId()), ticket, now);
                        rows.writeEndObject();
                    }
                }));
    }

    Mono<Answer> detail(ServerHttpRequest request) {
        Principal caller = tokens.caller(request.getHeaders());
        if (caller == null) {
            return Mono.just(Answer.of(Ret.UNAUTHENTICATED));
        }
        return queries.find(caller, Parameters.ofQuery(request).ticketId())
                .map(ticket -> Answer.of(
                        Ret.SUCCESS, json -> Fields.detailed(json, catalogue.find(ticket.activityId()), ticket, now())))
                .switchIfEmpty(Mono.fromSupplier(() -> Answer.of(Ret.NOT_FOUND, "no such ticket")))
                .onErrorResume(error -> unavailable(caller, error));
    }

    private static Mono<Answer> unavailable(Principal caller, Throwable error) {
        log.warn("Tickets cannot be read; userId={} error={}", caller.userId(), error.toString());
        return Mono.just(Answer.of(Ret.UNAVAILABLE));
    }

    private long now() {
        return clock.millis() / 1_000;
    }
}
