package dev.dibs.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.CannotStartException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressTest {
    private final ClientAddress behindProxies = new ClientAddress(List.of("10.0.0.0/8", "192.168.1.7", "fd00::/9"));

    @Test
    void withoutTrustedProxiesTheHeaderMeansNothing() {
        ClientAddress direct = new ClientAddress(List.of());

        assertThat(direct.of(request("203.0.113.5", "198.51.100.1"))).isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @CsvSource({
        // a client that is no proxy may say what it likes
        "203.0.113.5, 198.51.100.1, 203.0.113.5",
        "192.168.1.8, 198.51.100.1, 192.168.1.8",
        // one proxy, which appends to what the client made up
        "10.1.2.3, '1.1.1.1, 198.51.100.1', 198.51.100.1",
        "192.168.1.7, 198.51.100.1, 198.51.100.1",
        // two proxies
        "10.1.2.3, '1.1.1.1, 198.51.100.1, 10.9.9.9', 198.51.100.1",
        // nonsense ends the walk at the last that is known
        "10.1.2.3, 'unknown', 10.1.2.3",
        "10.1.2.3, '198.51.100.1, _hidden, 10.9.9.9', 10.9.9.9",
        "10.1.2.3, '', 10.1.2.3",
        // with ports, and IPv6
        "10.1.2.3, 198.51.100.1:4711, 198.51.100.1",
        "fd7f::1, '[2001:db8::1]:4711', 2001:db8:0:0:0:0:0:1",
        "fd80::1, 198.51.100.1, fd80:0:0:0:0:0:0:1"
    })
    void theNearestAddressThatIsNoProxyCounts(String peer, String forwarded, String expected) {
        assertThat(behindProxies.of(request(peer, forwarded))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", ""})
    void whatIsNoNetworkIsRefusedAtTheStart(String network) {
        assertThatThrownBy(() -> new ClientAddress(List.of(network)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("'" + network + "'");
    }

    private static ServerHttpRequest request(String peer, String forwarded) {
        return MockServerHttpRequest.get("/ticket/get")
                .remoteAddress(new InetSocketAddress(peer, 4711))
                .header("X-Forwarded-For", forwarded)
                .build();
    }
}
