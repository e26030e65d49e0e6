package dev.dibs.api.http;

import dev.dibs.api.CannotStartException;
import io.netty.util.NetUtil;

/** A network in CIDR notation, or a single address. */
record Network(byte[] address, int prefixBits) {

    /** @throws CannotStartException where the text is neither */
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
        return new CannotStartException(
                "dibs.trusted-proxies must list addresses or networks such as 10.0.0.0/8," + " but has '" + text + "'");
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
