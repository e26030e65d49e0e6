package dev.dibs.api.tickets;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeSeal;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Questions about tickets won. */
@Configuration(proxyBeanMethods = false)
class TicketsConfiguration {

    /** Longer than a healthy server takes, shorter than somebody waits for their tickets. */
    private static final Duration PROJECTION_TIMEOUT = Duration.ofSeconds(1);

    @Bean
    MongoProjectedTickets projectedTickets(MongoDatabase database, CodeSeal seal) {
        return new MongoProjectedTickets(database, PROJECTION_TIMEOUT, System::nanoTime, seal);
    }

    @Bean
    TicketQueries ticketQueries(
            LedgerView ledger, ReadFirst readFirst, TicketCodes codes, ProjectedTickets projection) {
        return new TicketQueries(ledger, readFirst, codes, projection);
    }

    @Bean
    @Primary
    Grabs grabsOfReleased(
            @Qualifier("grabs") Grabs grabs, LedgerView ledger, Catalogue catalogue, ProjectedTickets projection) {
        return new GrabsOfReleased(grabs, ledger, catalogue, projection);
    }
}
