package dev.dibs.measures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses that have been refused most, in bounded room. How often an address was refused is known between two
 * bounds, and of whoever is not listed it is known what it may be at most. Summaries are added up without losing that
 * (Agarwal et al., Mergeable Summaries, 2012): whoever has more refusals than {@link #unlistedAtMost} is in the list.
 *
 * @param list the greatest {@code atMost} first; at most {@link #KEPT}
 * @param unlistedAtMost what an address that is not listed has at most
 */
public record RefusedAddresses(List<Refused> list, long unlistedAtMost) {
    /** How many addresses are kept. */
    public static final int KEPT = 32;

    private static final int MAX_HASH = 64;
    private static final Comparator<Refused> ORDER = Comparator.comparingLong(Refused::atMost)
            .thenComparingLong(Refused::atLeast)
            .reversed()
            .thenComparing(Refused::addressHash);

    public static final RefusedAddresses NONE = new RefusedAddresses(List.of(), 0);

    /**
     * One address.
     *
     * @param addressHash a salted hash of it; never the address
     */
    public record Refused(String addressHash, long atLeast, long atMost) {
        public Refused {
            if (addressHash == null || addressHash.isEmpty() || addressHash.length() > MAX_HASH) {
                throw new IllegalArgumentException("addressHash must have 1 to " + MAX_HASH + " characters");
            }
            if (atLeast < 0 || atLeast > atMost) {
                throw new IllegalArgumentException("atLeast must be at least 0 and no more than atMost");
            }
        }
    }

    public RefusedAddresses {
        if (unlistedAtMost < 0) {
            throw new IllegalArgumentException("unlistedAtMost must be at least 0");
        }
        Set<String> hashes = new HashSet<>();
        list.forEach(refused -> {
            if (!hashes.add(refused.addressHash())) {
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
    public RefusedAddresses plus(RefusedAddresses more) {
        if (more.equals(NONE)) {
            return this;
        }
        Map<String, Refused> others = new HashMap<>();
        more.list.forEach(refused -> others.put(refused.addressHash(), refused));
        List<Refused> sum = new ArrayList<>(list.size() + more.list.size());
        for (Refused refused : list) {
            Refused other = others.remove(refused.addressHash());
            sum.add(
                    other == null
                            ? plus(refused, 0, more.unlistedAtMost)
                            : plus(refused, other.atLeast(), other.atMost()));
        }
        others.values().forEach(other -> sum.add(plus(other, 0, unlistedAtMost)));
        return new RefusedAddresses(sum, sum(unlistedAtMost, more.unlistedAtMost));
    }

    private static Refused plus(Refused refused, long atLeast, long atMost) {
        return new Refused(refused.addressHash(), sum(refused.atLeast(), atLeast), sum(refused.atMost(), atMost));
    }

    private static long sum(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
