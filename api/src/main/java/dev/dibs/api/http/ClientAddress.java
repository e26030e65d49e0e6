package dev.dibs.api.http;

import dev.dibs.api.CannotStartException;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from: the peer of the connection, or, where the peer is a trusted proxy, what that proxy says.
 * {@code X-Forwarded-For} is read from its end, up to the first address that is no trusted proxy: whatever stands before
 * it may have been made up by the client. {@code Forwarded} (RFC 7239) is not read at all: a proxy that writes the one
 * header lets the other through, and a client would choose which of them counts.
 */
public final class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    /** More proxies than anybody has in a row; a longer list is not worth the time. */
    private static final int MOST_HOPS = 16;
    /** RFC 4291, section 2.5.4: the rest is the host's own choice, and a host may change it with every request. */
    private static final int SITE_BYTES = 8;

    private final List<Network> trusted;

    /**
     * @param trustedProxies addresses or networks in CIDR notation
     * @throws CannotStartException where one of them is neither
     */
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream().map(Network::parse).toList();
    }

    /** The address as text, as {@link #named(String)} has it; empty where the connection has none. */
    public String of(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return "";
        }
        InetAddress address = peer.getAddress();
        if (trusted.isEmpty() || !isTrusted(address)) {
            return named(address);
        }
        return named(forwarded(request.getHeaders().getOrEmpty(FORWARDED_FOR), address));
    }

    /**
     * The text that stands for an address: IPv4 as it is, IPv6 by its first 64 bits, because all that is behind them is
     * one customer's.
     *
     * @param address of either kind, without a port
     * @throws IllegalArgumentException where it is none
     */
    public static String named(String address) {
        int prefix = address.indexOf('/');
        InetAddress parsed = parse(prefix < 0 ? address : address.substring(0, prefix));
        boolean whole = prefix < 0 || parsed instanceof Inet6Address && address.endsWith("/64");
        if (parsed == null || !whole) {
            throw new IllegalArgumentException(
                    "an address must be one such as 203.0.113.9 or 2001:db8::1; IPv6 is blocked by /64");
        }
        return named(parsed);
    }

    private static String named(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] site = address.getAddress();
        Arrays.fill(site, SITE_BYTES, site.length, (byte) 0);
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(site)) + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    private InetAddress forwarded(List<String> headers, InetAddress peer) {
        InetAddress nearest = peer;
        int hops = 0;
        for (int line = headers.size() - 1; line >= 0; line--) {
            String header = headers.get(line);
            for (int end = header.length(); end >= 0; ) {
                int comma = header.lastIndexOf(',', end - 1);
                String hop = header.substring(comma + 1, end).trim();
                end = comma;
                if (hop.isEmpty()) {
                    continue;
                }
                InetAddress address = ++hops > MOST_HOPS ? null : parse(withoutPort(hop));
                if (address == null) {
                    return nearest;
                }
                if (!isTrusted(address)) {
                    return address;
                }
                nearest = address;
            }
        }
        return nearest;
    }

    /** IPv4 that is written as IPv6 ({@code ::ffff:192.0.2.1}) is the same address. Null where it is none. */
    private static InetAddress parse(String text) {
        int zone = text.indexOf('%');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? text : text.substring(0, zone));
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
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
        for (Network network : trusted) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
