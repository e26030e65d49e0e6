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
        "fd7f::1, '[2001:db8::1]:4711', 2001:db8::/64",
        "fd7f::1, '[2001:db8::1]', 2001:db8::/64",
        "fd80::1, 198.51.100.1, fd80::/64",
        // IPv4 in IPv6's clothes is the same address, of a client as of a proxy
        "10.1.2.3, ::ffff:198.51.100.1, 198.51.100.1",
        "::ffff:10.1.2.3, 198.51.100.1, 198.51.100.1",
        // lists may have empty places
        "10.1.2.3, '198.51.100.1, , ', 198.51.100.1",
        "10.1.2.3, ',', 10.1.2.3",
        // a zone is the proxy's own affair
        "10.1.2.3, fe80::1%eth0, fe80::/64",
        // neither names nor numbers in other forms are looked up
        "10.1.2.3, localhost, 10.1.2.3",
        "10.1.2.3, 1.2.3, 10.1.2.3",
        "10.1.2.3, 0x7f.1, 10.1.2.3",
        "10.1.2.3, '[2001:db8::1', 10.1.2.3",
        "10.1.2.3, 256.1.1.1, 10.1.2.3"
    })
    void theNearestAddressThatIsNoProxyCounts(String peer, String forwarded, String expected) {
        assertThat(behindProxies.of(request(peer, forwarded))).isEqualTo(expected);
    }

    @Test
    void anIpv6CustomerIsOneAddressWhateverHostItInvents() {
        String one = behindProxies.of(request("2001:db8:1:2::1", "x"));

        assertThat(one).isEqualTo("2001:db8:1:2::/64");
        assertThat(behindProxies.of(request("2001:db8:1:2:ffff:1:2:3", "x"))).isEqualTo(one);
        assertThat(behindProxies.of(request("2001:db8:1:3::1", "x"))).isNotEqualTo(one);
    }

    @Test
    void ofSeveralHeadersTheLastOneIsTheNearest() {
        ServerHttpRequest request = MockServerHttpRequest.get("/ticket/get")
                .remoteAddress(new InetSocketAddress("10.1.2.3", 4711))
                .header("X-Forwarded-For", "1.1.1.1")
                .header("X-Forwarded-For", "198.51.100.1, 10.9.9.9")
                .build();

        assertThat(behindProxies.of(request)).isEqualTo("198.51.100.1");
    }

    /** RFC 7239 is not read: of two headers the client would choose the one that the proxy does not write. */
    @Test
    void noOtherHeaderMeansAnything() {
        ServerHttpRequest request = MockServerHttpRequest.get("/ticket/get")
                .remoteAddress(new InetSocketAddress("10.1.2.3", 4711))
                .header("Forwarded", "for=1.1.1.1")
                .header("X-Real-IP", "1.1.1.2")
                .header("True-Client-IP", "1.1.1.3")
                .header("X-Forwarded-For", "198.51.100.1")
                .build();

        assertThat(behindProxies.of(request)).isEqualTo("198.51.100.1");
    }

    @Test
    void aListOfProxiesWithoutEndIsNotWalked() {
        String hops = "198.51.100.1" + ", 10.0.0.1".repeat(1_000);

        assertThat(behindProxies.of(request("10.1.2.3", hops))).isEqualTo("10.0.0.1");
    }

    @Test
    void whatAnOperatorWritesIsTheSameAddress() {
        assertThat(ClientAddress.named("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(ClientAddress.named("2001:DB8:1:2::abcd")).isEqualTo("2001:db8:1:2::/64");
        assertThat(ClientAddress.named("2001:db8:1:2::/64")).isEqualTo("2001:db8:1:2::/64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "203.0.113.0/24", "2001:db8::/32", "203.0.113.9:80", "1.2.3"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> ClientAddress.named(text)).isInstanceOf(IllegalArgumentException.class);
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
