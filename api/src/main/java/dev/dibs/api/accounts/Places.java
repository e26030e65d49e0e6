package dev.dibs.api.accounts;

import dev.dibs.api.grab.AddressHash;
import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where logins come from, as hashes: an IPv4 address, or the first half of an IPv6 address, of which a household or a
 * phone has the second half to itself and may take another one for each connection (RFC 8981).
 */
final class Places {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final AddressHash hash;

    Places(AddressHash hash) {
        this.hash = hash;
    }

    /** @return empty where the address is not known */
    String of(String address) {
        byte[] bytes = address.indexOf(':') < 0 ? null : NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length <= IPV6_NETWORK_BYTES
                ? hash.hash(address)
                : hash.hash(HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES)));
    }
}
