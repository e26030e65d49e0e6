package dev.dibs.api.idempotency;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.access.Tokens;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Repetitions of operators' calls. */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {
    /** An instance that has not been heard of for so long is taken for dead. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration PURGE = Duration.ofMinutes(10);

    @Bean
    CallStore callStore(MongoDatabase database) {
        return new MongoCallStore(database, LEASE, KEPT, Clock.systemUTC());
    }

    @Bean
    IdempotencyFilter idempotencyFilter(CallStore callStore, Tokens tokens) {
        return new IdempotencyFilter(callStore, tokens, SIGN_OF_LIFE);
    }

    @Bean
    CallPurge callPurge(CallStore callStore) {
        return new CallPurge(callStore, PURGE);
    }
}
