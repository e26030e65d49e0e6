package dev.dibs.api.eligibility;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.catalogue.KafkaCatalogue;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lists, in the database and in memory. */
@Configuration(proxyBeanMethods = false)
public class EligibilityConfiguration {

    @Bean
    ListStore eligibilityListStore(MongoDatabase database) {
        return new MongoListStore(database);
    }

    /** Right behind what makes the catalogue catch up. */
    @Bean
    EligibilityLists eligibilityLists(
            KafkaCatalogue catalogue,
            ListStore store,
            @Value("${dibs.eligibility.max-accounts:8000000}") long maxAccounts) {
        return new EligibilityLists(catalogue, store, Clock.systemUTC(), maxAccounts, catalogue.getPhase() + 2);
    }
}
