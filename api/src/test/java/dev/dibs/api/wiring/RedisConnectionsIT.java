package dev.dibs.api.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.CannotStartException;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisConnectionsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void aRefusedPasswordIsNotToldAsAServerThatIsAway() {
        String address = TestServers.redis().replace("redis://", "redis://nobody:a-wrong-password@");

        assertThatThrownBy(() -> new RedisConnections(address, TIMEOUT).connect())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("dibs.redis", "WRONGPASS")
                .hasMessageNotContaining("a-wrong-password");
    }

    @Test
    void aServerThatIsAwayIsToldAsSuch() {
        assertThatThrownBy(() -> new RedisConnections("redis://127.0.0.1:1", TIMEOUT).connect())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("dibs.redis", "refused");
    }
}
