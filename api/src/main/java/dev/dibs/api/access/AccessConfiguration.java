package dev.dibs.api.access;

import dev.dibs.api.ApiProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens, and the guard before the operators' routes. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    KeyRing keyRing(ApiProperties properties) {
        return new KeyRing(properties.jwt(), Clock.systemUTC());
    }

    @Bean
    Tokens tokens(KeyRing keys, Revocations revocations, ApiProperties properties) {
        return new Tokens(keys, revocations, properties.jwt().maxLifetime(), Clock.systemUTC());
    }

    @Bean
    AdminGuard adminGuard(Tokens tokens) {
        return new AdminGuard(tokens);
    }
}
