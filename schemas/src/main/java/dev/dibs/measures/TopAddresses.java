package dev.dibs.measures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses that something happened to most often (they were refused, they won), in bounded room. How often it
 * happened to an address is known between two bounds, and of whoever is not listed it is known what it may be at most.
 * Summaries are added up without losing that (Agarwal et al., Mergeable Summaries, 2012): whoever has more than {@link
 * #unlistedAtMost} is in the list.
 *
 * @param list the greatest {@code atMost} first; at most {@link #KEPT}
 * @param unlistedAtMost what an address that is not listed has at most
 */
public record TopAddresses(List<Address> list, long unlistedAtMost) {
    /** How many addresses are kept. */
    public static final int KEPT = 32;

    private static final int MAX_HASH = 64;
    private static final Comparator<Address> ORDER = Comparator.comparingLong(Address::atMost)
            .thenComparingLong(Address::atLeast)
            .reversed()
            .thenComparing(Address::addressHash);

    public static final TopAddresses NONE = new TopAddresses(List.of(), 0);

    /**
     * One address.
     *
     * @param addressHash a salted hash of it; never the address
     */
    public record Address(String addressHash, long atLeast, long atMost) {
        public Address {
            if (addressHash == null || addressHash.isEmpty() || addressHash.length() > MAX_HASH) {
                throw new IllegalArgumentException("addressHash must have 1 to " + MAX_HASH + " characters");
            }
            if (atLeast < 0 || atLeast > atMost) {
                throw new IllegalArgumentException("atLeast must be at least 0 and no more than atMost");
            }
        }
    }

    public TopAddresses {
        if (unlistedAtMost < 0) {
            throw new IllegalArgumentException("unlistedAtMost must be at least 0");
        }
        Set<String> hashes = new HashSet<>();
        list.forEach(address -> {
            if (!hashes.add(address.addressHash())) {
                throw new IllegalArgumentException("an address must be listed once");
            }
        });
        list = list.stream().sorted(ORDER).toList();
        if (list.size() > KEPT) {
            unlistedAtMost = Math.max(unlistedAtMost, list.get(KEPT).atMost());
            list = list.subList(0, KEPT);
        }
    }

    /** What both have counted together. */
    public TopAddresses plus(TopAddresses more) {
        if (more.equals(NONE)) {
            return this;
        }
        Map<String, Address> others = new HashMap<>();
        more.list.forEach(address -> others.put(address.addressHash(), address));
        List<Address> sum = new ArrayList<>(list.size() + more.list.size());
        for (Address address : list) {
            Address other = others.remove(address.addressHash());
            sum.add(
                    other == null
                            ? plus(address, 0, more.unlistedAtMost)
                            : plus(address, other.atLeast(), other.atMost()));
        }
        others.values().forEach(other -> sum.add(plus(other, 0, unlistedAtMost)));
        return new TopAddresses(sum, sum(unlistedAtMost, more.unlistedAtMost));
    }

    private static Address plus(Address address, long atLeast, long atMost) {
        return new Address(address.addressHash(), sum(address.atLeast(), atLeast), sum(address.atMost(), atMost));
    }

    private static long sum(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
