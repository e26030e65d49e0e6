package dev.dibs.api.sessions;

import dev.dibs.api.ApiProperties;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The table of the sessions that are over. */
@Configuration(proxyBeanMethods = false)
class SessionsConfiguration {

    @Bean
    RevokedSessions revokedSessions(ApiProperties properties) {
        return new RevokedSessions(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, properties.kafka()),
                properties.instance(),
                properties.jwt().maxLifetime(),
                Clock.systemUTC());
    }
}
