package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.catalogue.KafkaCatalogue;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An instance that has not read a change yet, beside one that has made it. */
@Timeout(120)
class LaggingInstanceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static GrabWorld world;
    private static GrabWorld lagging;

    /** A catalogue that stands still for single activities. */
    static final class StandingCatalogue implements Catalogue {
        private final Catalogue catalogue;
        private final Map<ActivityId, Activity> standing = new ConcurrentHashMap<>();

        StandingCatalogue(Catalogue catalogue) {
            this.catalogue = catalogue;
        }

        void stand(ActivityId id) {
            standing.put(id, catalogue.find(id));
        }

        @Override
        public Activity find(ActivityId activityId) {
            Activity still = standing.get(activityId);
            return still == null ? catalogue.find(activityId) : still;
        }

        @Override
        public Collection<Activity> all() {
            return catalogue.all().stream()
                    .map(activity -> find(activity.activityId()))
                    .toList();
        }

        @Override
        public void onChange(Consumer<Activity> listener) {
            catalogue.onChange(activity -> {
                if (!standing.containsKey(activity.activityId())) {
                    listener.accept(activity);
                }
            });
        }
    }

    /** Without an annotation, so that no other test's scan finds it. */
    static class Parts {
        @Bean
        @Primary
        StandingCatalogue standingCatalogue(KafkaCatalogue catalogue) {
            return new StandingCatalogue(catalogue);
        }
    }

    @BeforeAll
    static void start() {
        world = GrabWorld.startPatient();
        lagging = GrabWorld.startOn(TestServers.redis(), TestServers.kafka(), Parts.class);
    }

    @AfterAll
    static void stop() {
        lagging.close();
        world.close();
    }

    /** On sale with a limit of 1, of which the other instance hears no more; then the limit is 2. */
    private static ActivityId withANewLimit(String name) {
        ActivityId id = world.onSale(name, 10, 1);
        StandingCatalogue catalogue = lagging.bean(StandingCatalogue.class);
        await().atMost(PATIENCE).until(() -> {
            Activity known = catalogue.find(id);
            return known != null && known.state() == ActivityState.PUBLISHED;
        });
        catalogue.stand(id);
        world.save(GrabWorld.activity(id, 2, ActivityState.PUBLISHED, 3));
        world.reconcile(id);
        await().atMost(PATIENCE).until(() -> lagging.account(id).limitPerUser() == 2);
        return id;
    }

    @Test
    void whoHasNotReadANewLimitYetDoesNotTakeItBack() {
        ActivityId id = withANewLimit("not-taken-back");
        long epoch = world.account(id).epoch();

        assertThatThrownBy(() -> lagging.reconcile(id)).isInstanceOf(IllegalStateException.class);

        assertThat(lagging.account(id).epoch()).isEqualTo(epoch);
        assertThat(world.grab(id, "anna", "r1")).isInstanceOf(GrabOutcome.Granted.class);
        assertThat(world.grab(id, "anna", "r2")).isInstanceOf(GrabOutcome.Granted.class);
        assertThat(world.account(id).limitPerUser()).isEqualTo(2);
    }

    /** As if nothing in Redis said which version it shows: the instance then opens an epoch with the limit it knows. */
    @Test
    void withoutTheVersionInRedisItWouldTakeItBack() {
        ActivityId id = withANewLimit("taken-back");
        long epoch = world.account(id).epoch();

        await().atMost(PATIENCE).until(() -> {
            lagging.redis().hset(new InventoryKeys(id).state(), "version", "0");
            try {
                lagging.reconcile(id);
            } catch (IllegalStateException e) {
                // The other instance has written the version again in between.
                return false;
            }
            return lagging.account(id).epoch() > epoch;
        });

        assertThat(lagging.account(id).epoch()).isGreaterThan(epoch);
    }
}
