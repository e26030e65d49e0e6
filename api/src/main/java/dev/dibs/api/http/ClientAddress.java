package dev.dibs.api.http;

import dev.dibs.api.CannotStartException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from: the peer of the connection, or, where the peer is a trusted proxy, what that proxy says.
 * {@code X-Forwarded-For} is read from its end, up to the first address that is no trusted proxy: whatever stands before
 * it may have been made up by the client.
 */
public final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** A network in CIDR notation. */
    private record Network(byte[] address, int prefixBits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw unusable(text);
            }
            int bits = address.length * Byte.SIZE;
            try {
                int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                if (prefix >= 0 && prefix <= bits) {
                    return new Network(address, prefix);
                }
            } catch (NumberFormatException e) {
                // Refused below, as a prefix that is out of range.
            }
            throw unusable(text);
        }

        private static CannotStartException unusable(String text) {
            return new CannotStartException("dibs.trusted-proxies must list addresses or networks such as 10.0.0.0/8,"
                    + " but has '" + text + "'");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefixBits; bit += Byte.SIZE) {
                int mask = prefixBits - bit >= Byte.SIZE ? 0xFF : 0xFF << Byte.SIZE - (prefixBits - bit);
                int at = bit / Byte.SIZE;
                if (((address[at] ^ other[at]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> trusted;

    /**
     * @param trustedProxies addresses or networks in CIDR notation
     * @throws CannotStartException where one of them is neither
     */
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(Network::parse).toList();
    }

    /** The address as text, without a port; empty where the connection has none. */
    public String of(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return "";
        }
        InetAddress address = peer.getAddress();
        if (trusted.isEmpty() || !isTrusted(address)) {
            return address.getHostAddress();
        }
        return forwarded(request.getHeaders().getOrEmpty(FORWARDED_FOR), address)
                .getHostAddress();
    }

    private InetAddress forwarded(List<String> headers, InetAddress peer) {
        InetAddress nearest = peer;
        String[] hops = String.join(",", headers).split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            InetAddress hop = NetUtil.createInetAddressFromIpAddressString(withoutPort(hops[i].trim()));
            if (hop == null) {
                return nearest;
            }
            if (!isTrusted(hop)) {
                return hop;
            }
            nearest = hop;
        }
        return nearest;
    }

    /** {@code 192.0.2.1:80} and {@code [2001:db8::1]:80} as some proxies write it. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[") && hop.indexOf(']') > 0) {
            return hop.substring(1, hop.indexOf(']'));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private boolean isTrusted(InetAddress address) {
        byte[] bytes = address.getAddress();
        return trusted.stream().anyMatch(network -> network.contains(bytes));
    }
}
