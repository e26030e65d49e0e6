package dev.dibs.api.access;

import dev.dibs.api.ApiProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tokens, and the guard before the operators' routes. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    Tokens tokens(ApiProperties properties) {
        return new Tokens(properties.jwt().secret(), Clock.systemUTC());
    }

    @Bean
    AdminGuard adminGuard(Tokens tokens) {
        return new AdminGuard(tokens);
    }
}
