package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.ClusterException;
import java.util.Optional;
import java.util.function.Function;

/** Which instance is rebuilding an activity in Redis just now: who does, holds a lease, and gives it back at the end. */
final class Leases {
    private static final String ALL = "dibs:{*}:lease";

    private final Function<String[], String> redis;

    /** @param redis carries a command out, and answers elements of a list separated by new lines */
    Leases(Function<String[], String> redis) {
        this.redis = redis;
    }

    /** @param holder the instance's name */
    record Lease(String key, String holder) {}

    /** Any that is held; empty where there is none, or Redis does not answer. */
    Optional<Lease> any() {
        try {
            for (String key : call("KEYS", ALL).split("\n")) {
                String holder = key.isEmpty() ? "" : call("GET", key);
                if (!holder.isEmpty()) {
                    return Optional.of(new Lease(key, holder));
                }
            }
        } catch (ClusterException e) {
            // It is asked again.
        }
        return Optional.empty();
    }

    /** Whether this one is still held by the same instance. */
    boolean isHeld(Lease lease) {
        try {
            return call("GET", lease.key).equals(lease.holder);
        } catch (ClusterException e) {
            return false;
        }
    }

    private String call(String... words) {
        return redis.apply(words);
    }
}
