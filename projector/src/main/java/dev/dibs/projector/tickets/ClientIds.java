package dev.dibs.projector.tickets;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Gives each Kafka client of the projector an id of its own: two with the same one quarrel about their metrics. */
public final class ClientIds {
    private ClientIds() {}

    /** These settings, with the suffix added to the client id if there is one. */
    public static Map<String, Object> with(Map<String, Object> kafka, String suffix) {
        Map<String, Object> named = new HashMap<>(kafka);
        named.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, (key, id) -> id + "-" + suffix);
        return named;
    }
}
