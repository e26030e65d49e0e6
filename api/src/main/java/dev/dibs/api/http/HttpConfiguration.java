package dev.dibs.api.http;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.Accounts;
import dev.dibs.api.catalogue.ActivityListing;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.api.claim.RedisClock;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.tickets.TicketQueries;
import dev.dibs.api.trail.Trail;
import dev.dibs.api.verdict.LedgerView;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;

/** The buyers' endpoints. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    /** Longer than a proxy in front keeps its connections, so that the proxy is the one that closes them. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    /** In front of everything else, because it is where the crowd goes. */
    @Bean
    BuyerEndpoints buyerEndpoints(
            ApiProperties properties,
            Tokens tokens,
            Grabs grabs,
            GrabTickets grabTickets,
            KafkaCatalogue catalogue,
            ActivityListing listing,
            LedgerView ledger,
            TicketQueries tickets,
            Accounts accounts,
            Trail trail,
            RedisClock clock) {
        ClientAddress addresses = new ClientAddress(properties.trustedProxies());
        return new BuyerEndpoints(
                new GrabHandler(grabs, tokens, addresses, clock),
                new ActivityHandler(catalogue, listing, ledger, tokens, grabs, grabTickets, clock),
                new TicketHandler(tickets, catalogue, tokens, clock),
                new AccountHandler(accounts, new RecordedLogins(trail), tokens, addresses),
                new HealthHandler(ledger, catalogue::isCaughtUp));
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> absentClients() {
        return factory -> factory.addServerCustomizers(server -> AbsentClients.closedBy(server, PATIENCE));
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> bareErrors() {
        return factory -> factory.addServerCustomizers(BareErrors::answeredBy);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> lingeringClose() {
        return factory -> factory.addServerCustomizers(LingeringClose::on);
    }

    @Bean
    CrossOrigin crossOrigin(ApiProperties properties) {
        return new CrossOrigin(properties.cors().origins());
    }

    @Bean
    SecurityHeaders securityHeaders() {
        return new SecurityHeaders();
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> connectionLimit(ApiProperties properties) {
        return factory ->
                factory.addServerCustomizers(server -> ConnectionLimit.on(server, properties.maxConnections()));
    }

    /** Event loops of its own: with shared ones, closing one instance takes them from all others in the process. */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    @Bean
    Errors errors(ObjectProvider<RouterFunction<?>> functions) {
        return new Errors(
                SingletonSupplier.of(() -> new Routes(functions.stream().toList())));
    }
}
