package dev.dibs.api.gate;

import dev.dibs.api.ApiProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gate, with the secret that all instances share. */
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

    @Bean
    GrabTickets grabTickets(ApiProperties properties) {
        return new GrabTickets(properties.jwt().secret());
    }
}
