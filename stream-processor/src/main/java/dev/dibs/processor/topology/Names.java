package dev.dibs.processor.topology;

import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What activities and their tickets are called; one entry per name, so that a row need not decode an activity. */
final class Names {
    private static final String UNKNOWN = "";

    private final KeyValueStore<String, String> store;

    Names(KeyValueStore<String, String> store) {
        this.store = store;
    }

    String of(ActivityId activityId) {
        return get(activityId.value());
    }

    String of(ActivityId activityId, TicketKind kind) {
        return get(key(activityId, kind));
    }

    /** Of two records with the same version the first counts, as for everybody who reads the topic. */
    void learn(Activity activity) {
        String known = store.get(versionKey(activity.activityId()));
        if (known != null && Long.parseLong(known) >= activity.version()) {
            return;
        }
        store.put(versionKey(activity.activityId()), Long.toString(activity.version()));
        store.put(activity.activityId().value(), activity.name());
        for (TicketType ticket : activity.tickets()) {
            store.put(key(activity.activityId(), ticket.kind()), ticket.name());
        }
    }

    void forget(String activityId) {
        List<String> kinds = new ArrayList<>();
        try (KeyValueIterator<String, String> names = store.prefixScan(activityId + ":", new StringSerializer())) {
            names.forEachRemaining(name -> kinds.add(name.key));
        }
        kinds.forEach(store::delete);
        store.delete(activityId);
    }

    private String get(String key) {
        String name = store.get(key);
        return name == null ? UNKNOWN : name;
    }

    private static String versionKey(ActivityId activityId) {
        return activityId.value() + "::version";
    }

    /** No id contains a colon. */
    private static String key(ActivityId activityId, TicketKind kind) {
        return activityId.value() + ":" + kind.value();
    }
}
