package dev.dibs.processor.topology;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts winners by address, exactly: a number for each address in a store, and of each activity the names of those with
 * most. Somebody comes onto that list by passing the last of it, which is rare; only then is it written.
 */
final class WinnerAddresses {
    private static final String BETWEEN = "\n";

    private final KeyValueStore<String, Integer> counts;
    private final KeyValueStore<String, String> lists;
    /** The lists with their counts, as the stores have them. */
    private final Map<String, Map<String, Integer>> known = new HashMap<>();

    /**
     * @param counts by activityId:address
     * @param lists by activity, the addresses with most winners
     */
    WinnerAddresses(KeyValueStore<String, Integer> counts, KeyValueStore<String, String> lists) {
        this.counts = counts;
        this.lists = lists;
    }

    /** @param address a hash; ignored where it is empty */
    void won(ActivityId activityId, String address) {
        if (address.isEmpty()) {
            return;
        }
        String key = key(activityId.value(), address);
        Integer before = counts.get(key);
        int count = before == null ? 1 : before + 1;
        counts.put(key, count);
        Map<String, Integer> list = list(activityId.value());
        if (list.replace(address, count) == null && (list.size() < TopAddresses.KEPT || count > fewest(list))) {
            enter(activityId.value(), list, address, count);
        }
    }

    private void enter(String activityId, Map<String, Integer> list, String address, int count) {
        if (list.size() == TopAddresses.KEPT) {
            int fewest = fewest(list);
            list.entrySet().stream()
                    .filter(listed -> listed.getValue() == fewest)
                    .map(Map.Entry::getKey)
                    .max(String::compareTo)
                    .ifPresent(list::remove);
        }
        list.put(address, count);
        lists.put(activityId, list.keySet().stream().sorted().collect(Collectors.joining(BETWEEN)));
    }

    TopAddresses top(ActivityId activityId) {
        Map<String, Integer> list = list(activityId.value());
        List<Address> addresses = list.entrySet().stream()
                .map(listed -> new Address(listed.getKey(), listed.getValue(), listed.getValue()))
                .toList();
        return new TopAddresses(addresses, list.size() < TopAddresses.KEPT ? 0 : fewest(list));
    }

    private Map<String, Integer> list(String activityId) {
        return known.computeIfAbsent(activityId, id -> {
            Map<String, Integer> list = new HashMap<>();
            String stored = lists.get(id);
            if (stored != null) {
                for (String address : stored.split(BETWEEN)) {
                    list.put(address, counts.get(key(id, address)));
                }
            }
            return list;
        });
    }

    private static int fewest(Map<String, Integer> list) {
        return list.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** No id contains a colon. */
    private static String key(String activityId, String address) {
        return activityId + ":" + address;
    }
}
