package dev.dibs.api.accounts;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.Tokens;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Accounts in MongoDB. */
@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Accounts accounts(MongoDatabase database, Passwords passwords, Tokens tokens, ApiProperties properties) {
        return new Accounts(
                new MongoAccountStore(database, STORE_TIMEOUT),
                passwords,
                tokens,
                properties.admin().password(),
                Clock.systemUTC());
    }
}
