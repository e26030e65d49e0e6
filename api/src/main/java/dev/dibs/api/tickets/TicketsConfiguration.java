package dev.dibs.api.tickets;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.verdict.LedgerView;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Questions about tickets won. */
@Configuration(proxyBeanMethods = false)
class TicketsConfiguration {

    /** Longer than a healthy server takes, shorter than somebody waits for their tickets. */
    private static final Duration PROJECTION_TIMEOUT = Duration.ofSeconds(1);

    @Bean
    TicketQueries ticketQueries(LedgerView ledger, TicketCodes codes, MongoDatabase database) {
        return new TicketQueries(
                ledger, codes, new MongoProjectedTickets(database, PROJECTION_TIMEOUT, Clock.systemUTC()));
    }
}
