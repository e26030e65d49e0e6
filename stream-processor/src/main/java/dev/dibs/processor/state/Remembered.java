package dev.dibs.processor.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A store's entries of the activities that something happens to at the moment, as objects: a winner touches a handful of
 * them, and to find and decode one costs more than what is done with it. Everything that is put goes to the store at
 * once, so nothing is lost with this. Only right where nobody else puts the same entries, and to be made anew with each
 * start of a task.
 */
public final class Remembered<K, V> {
    private static final float LOAD_FACTOR = 0.75f;

    private final KeyValueStore<K, V> store;
    private final Map<K, V> latest;

    /** @param entries how many are remembered at most, the latest used; at least 1 */
    public Remembered(KeyValueStore<K, V> store, int entries) {
        this.store = store;
        this.latest = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > entries;
            }
        };
    }

    /** The value, or null where there is none. Whoever changes it must put it. */
    public V get(K key) {
        V known = latest.get(key);
        if (known == null) {
            known = store.get(key);
            if (known != null) {
                latest.put(key, known);
            }
        }
        return known;
    }

    public void put(K key, V value) {
        store.put(key, value);
        latest.put(key, value);
    }

    public void delete(K key) {
        latest.remove(key);
        store.delete(key);
    }

    /** All entries, for whoever wants many of them. */
    public ReadOnlyKeyValueStore<K, V> entries() {
        return store;
    }
}
