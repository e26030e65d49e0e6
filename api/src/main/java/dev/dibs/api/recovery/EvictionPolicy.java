package dev.dibs.api.recovery;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Map;
import java.util.Optional;

/**
 * Whether Redis throws keys away by itself when its memory is full. What it throws away is built anew, but each time claims
 * that are under way become void, and where memory stays full it happens again. Only a warning: an instance that refused
 * to start would be missing in a sale that may have memory enough.
 */
final class EvictionPolicy {
    private static final String SETTING = "maxmemory-policy";
    private static final String WANTED = "noeviction";

    private EvictionPolicy() {}

    /** What is to be told to an operator; empty where nothing is thrown away. */
    static Optional<String> complaint(RedisClusterAsyncCommands<String, String> redis) {
        Map<String, String> answer;
        try {
            answer = Waiting.await(redis.configGet(SETTING), "Asking Redis for its " + SETTING);
        } catch (RecoveryException e) {
            // Hosted servers often forbid the question.
            return Optional.of("It is not known whether Redis may throw keys away; see that its " + SETTING + " is "
                    + WANTED + "; error=" + e.getMessage());
        }
        String policy = answer.getOrDefault(SETTING, "not known");
        return policy.equals(WANTED)
                ? Optional.empty()
                : Optional.of("Redis may throw keys away while tickets are on sale: its " + SETTING + " is " + policy
                        + ", and must be " + WANTED);
    }
}
