package dev.dibs.api.tickets;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.verdict.LedgerView;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Questions about tickets won. */
@Configuration(proxyBeanMethods = false)
class TicketsConfiguration {

    @Bean
    TicketQueries ticketQueries(LedgerView ledger, TicketCodes codes, MongoDatabase database) {
        return new TicketQueries(ledger, codes, new MongoProjectedTickets(database, Clock.systemUTC()));
    }
}
