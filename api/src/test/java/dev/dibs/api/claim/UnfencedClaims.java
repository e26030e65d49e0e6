package dev.dibs.api.claim;

import dev.dibs.api.wiring.RedisConnections;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The claim script without its fence, for a world that shows what else holds then. Not marked as a configuration: a
 * whole application that looks for its parts must not find it.
 */
public class UnfencedClaims {
    @Bean
    @Primary
    TicketInventory unfencedInventory(RedisConnections redis) {
        return new RedisTicketInventory(
                redis.connect(), RedisTicketInventory.CLAIM.without("  return {'FENCED'}\n"), () -> {}, () -> {});
    }
}
