package dev.dibs.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.fault.Leases.Lease;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final String key = new InventoryKeys(new ActivityId("sale")).lease();
    private final TreeMap<String, String> held = new TreeMap<>();
    private boolean away;
    private final Leases leases = new Leases(words -> {
        if (away) {
            throw new ClusterException("Redis does not answer");
        }
        return words[0].equals("KEYS") ? String.join("\n", held.keySet()) : held.getOrDefault(words[1], "");
    });

    @Test
    void whoHoldsOneIsFound() {
        assertThat(leases.any()).isEmpty();

        held.put(key, "api-2");

        assertThat(leases.any()).contains(new Lease(key, "api-2"));
    }

    @Test
    void oneThatWasGivenBackOrIsAnothersIsNotHeldAnyMore() {
        held.put(key, "api-2");
        Lease lease = leases.any().orElseThrow();
        assertThat(leases.isHeld(lease)).isTrue();

        held.put(key, "api-1");
        assertThat(leases.isHeld(lease)).isFalse();

        held.remove(key);
        assertThat(leases.isHeld(lease)).isFalse();
    }

    @Test
    void aRedisThatDoesNotAnswerTellsOfNone() {
        away = true;

        assertThat(leases.any()).isEmpty();
        assertThat(leases.isHeld(new Lease(key, "api-1"))).isFalse();
    }
}
