package dev.dibs.api.http;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.Accounts;
import dev.dibs.api.catalogue.ActivityListing;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.tickets.TicketQueries;
import dev.dibs.api.verdict.LedgerView;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The buyers' endpoints. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    private static final Clock CLOCK = Clock.systemUTC();

    /** Before all other routes, because it is where the crowd goes. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> buyerRoutes(
            ApiProperties properties,
            Tokens tokens,
            Grabs grabs,
            KafkaCatalogue catalogue,
            ActivityListing listing,
            LedgerView ledger,
            TicketQueries tickets,
            Accounts accounts) {
        return BuyerRoutes.of(
                new GrabHandler(grabs, tokens, new ClientAddress(properties.trustedProxies()), CLOCK),
                new ActivityHandler(catalogue, listing, ledger, tokens, CLOCK),
                new TicketHandler(tickets, catalogue, tokens, CLOCK),
                new AccountHandler(accounts),
                new HealthHandler(ledger, catalogue::isCaughtUp));
    }

    @Bean
    Errors errors() {
        return new Errors();
    }
}
