package dev.dibs.api.door;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.tickets.TicketPlaces;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeFingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The gates' call, and the operators' call that takes tickets back. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {
    /** Longer than a broker takes that is not in trouble, shorter than a holder waits patiently at a gate. */
    private static final Duration VERDICT_AT_MOST = Duration.ofSeconds(5);

    private static final Duration LOOK_UP_AT_MOST = Duration.ofSeconds(2);

    @Bean
    DoorHandler doorHandler(
            MongoDatabase database,
            CodeFingerprint fingerprints,
            TicketCodes codes,
            TicketPlaces places,
            Catalogue catalogue,
            LedgerView ledger,
            FactWriter facts) {
        Clock clock = Clock.systemUTC();
        LogDecision decision = new LogDecision(facts, VERDICT_AT_MOST);
        return new DoorHandler(
                new Door(
                        new MongoCodeIndex(database, fingerprints, LOOK_UP_AT_MOST),
                        codes,
                        catalogue,
                        ledger,
                        decision,
                        clock,
                        UUID::randomUUID),
                new Revocations(places, catalogue, ledger, decision, clock, UUID::randomUUID));
    }

    @Bean
    RouterFunction<ServerResponse> doorRoutes(Tokens tokens, DoorHandler door) {
        return routes(tokens, door);
    }

    static RouterFunction<ServerResponse> routes(Tokens tokens, DoorHandler door) {
        RouterFunction<ServerResponse> gates = route().POST("/admin/tickets/redeem", door::redeem)
                .filter(new ProblemFilter())
                .filter(RequireRole.of(tokens, Role.GATE, Role.OPERATOR))
                .build();
        return gates.and(route().POST("/admin/tickets/{ticketId}/revoke", door::revoke)
                .filter(new ProblemFilter())
                .filter(RequireRole.of(tokens, Role.OPERATOR))
                .build());
    }
}
