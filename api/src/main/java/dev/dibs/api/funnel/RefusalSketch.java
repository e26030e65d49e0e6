package dev.dibs.api.funnel;

import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Counts refusals by address in bounded room, however many addresses there are: Space-Saving (Metwally, Agrawal and El
 * Abbadi, 2005). Who is new where all places are taken takes the place of the one with fewest refusals, together with its
 * count: so a count may be too high, by a known amount, and nobody with more than the fewest is missing. An address
 * stands here as it is, because making a hash for each refusal would cost more than the refusal; it leaves hashed.
 */
final class RefusalSketch {
    /** An address belongs to one of these; threads that count at the same time rarely meet. */
    private static final int STRIPES = 4;

    private static final int PLACES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    RefusalSketch() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    /** @param address ignored where it is not known */
    void refused(String address) {
        if (address != null && !address.isEmpty()) {
            int hash = address.hashCode();
            stripes[(hash ^ hash >>> 16) & (STRIPES - 1)].refused(address);
        }
    }

    /** What has been counted since the last time. */
    TopAddresses take(UnaryOperator<String> hash) {
        List<Counted> all = new ArrayList<>();
        long unlisted = 0;
        for (Stripe stripe : stripes) {
            Table taken = stripe.take();
            if (taken != null) {
                taken.addTo(all);
                unlisted = Math.max(unlisted, taken.unlistedAtMost());
            }
        }
        if (all.isEmpty()) {
            return TopAddresses.NONE;
        }
        all.sort(Comparator.comparingLong(Counted::atMost).reversed());
        if (all.size() > TopAddresses.KEPT) {
            unlisted = Math.max(unlisted, all.get(TopAddresses.KEPT).atMost());
        }
        List<Address> listed = all.stream()
                .limit(TopAddresses.KEPT)
                .map(counted -> new Address(hash.apply(counted.address), counted.atLeast, counted.atMost))
                .toList();
        return new TopAddresses(listed, unlisted);
    }

    private record Counted(String address, long atLeast, long atMost) {}

    private static final class Stripe {
        /** Null where nothing has been counted since the last time: an activity that nobody asks for costs nothing. */
        private Table table;

        private synchronized void refused(String address) {
            if (table == null) {
                table = new Table();
            }
            table.refused(address);
        }

        private synchronized Table take() {
            Table taken = table;
            table = null;
            return taken;
        }
    }

    private static final class Table {
        private final Map<String, Integer> places = new HashMap<>(2 * PLACES);
        private final String[] addresses = new String[PLACES];
        private final long[] counts = new long[PLACES];
        private final long[] inherited = new long[PLACES];
        private int used;
        /** No count is below it. */
        private long fewest;

        private int next;

        private void refused(String address) {
            Integer known = places.get(address);
            if (known != null) {
                counts[known]++;
                return;
            }
            int place = used < PLACES ? used++ : placeWithFewest();
            if (addresses[place] != null) {
                places.remove(addresses[place]);
            }
            inherited[place] = counts[place];
            counts[place]++;
            addresses[place] = address;
            places.put(address, place);
        }

        /** Goes round: counts only grow, so a whole round is needed only once for each value of the fewest. */
        private int placeWithFewest() {
            for (int i = 0; i < PLACES; i++) {
                int place = next;
                next = (next + 1) % PLACES;
                if (counts[place] == fewest) {
                    return place;
                }
            }
            fewest = Arrays.stream(counts).min().orElseThrow();
            return placeWithFewest();
        }

        private void addTo(List<Counted> all) {
            for (int place = 0; place < used; place++) {
                all.add(new Counted(addresses[place], counts[place] - inherited[place], counts[place]));
            }
        }

        /** What an address has at most that is not here. */
        private long unlistedAtMost() {
            return used < PLACES ? 0 : Arrays.stream(counts).min().orElseThrow();
        }
    }
}
