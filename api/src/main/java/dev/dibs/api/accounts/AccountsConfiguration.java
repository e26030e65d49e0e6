package dev.dibs.api.accounts;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.grab.AddressHash;
import dev.dibs.api.operations.ProblemFilter;
import dev.dibs.api.sessions.SessionEndings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Accounts in MongoDB, and the operators' call that ends their sessions. */
@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(3);

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    AccountStore accountStore(MongoDatabase database) {
        return new MongoAccountStore(database, STORE_TIMEOUT);
    }

    @Bean
    Logins logins(
            AccountStore store,
            Tokens tokens,
            Revocations revocations,
            SessionEndings endings,
            ApiProperties properties) {
        return new Logins(
                store,
                tokens,
                revocations,
                endings,
                properties.admin().password(),
                properties.jwt().clockSkew(),
                Clock.systemUTC());
    }

    @Bean
    Accounts accounts(
            AccountStore store,
            Passwords passwords,
            Logins logins,
            AddressHash addresses,
            KeyRing keys,
            ApiProperties properties) {
        return new Accounts(
                store,
                passwords,
                logins,
                new LoginThrottle(properties.login(), Clock.systemUTC()),
                new Places(addresses),
                keys.reserved(),
                properties.admin().password(),
                Clock.systemUTC());
    }

    @Bean
    RouterFunction<ServerResponse> sessionRoutes(Tokens tokens, Logins logins) {
        SessionHandler sessions = new SessionHandler(logins);
        return route().path(
                        "/admin/users",
                        routes -> routes.POST("/{userId}/revoke-sessions", sessions::revoke)
                                .filter(new ProblemFilter())
                                .filter(RequireRole.of(tokens, Role.OPERATOR)))
                .build();
    }
}
