package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.ids.ActivityId;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.testkit.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server goes away in the middle of a sale, and comes back. */
class OutageIT {
    /** Claim and verdict have a second each; the rest is for a busy machine. */
    private static final Duration BOUNDED = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static GrabWorld startOn(EmbeddedRedis redis, EmbeddedKafka kafka) {
        TestTopics.create(kafka.bootstrapServers());
        return GrabWorld.startOn(redis.uri(), kafka.bootstrapServers());
    }

    @Test
    void withoutRedisGrabsAreRefusedInTimeAndTicketsAreStillSeen() {
        EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"));
        int port = redis.port();
        // A broker of its own as well: the sales of the shared log belong to another Redis.
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                GrabWorld world = startOn(redis, kafka)) {
            ActivityId id = world.onSale("no-redis", 10, 1);
            Granted before = (Granted) world.grab(id, "anna", "r1");

            redis.kill();
            GrabOutcome during = world.grabbing(id, "berta", "r1").block(BOUNDED);
            GrabOutcome repeated = world.grabbing(id, "anna", "r1").block(BOUNDED);
            redis.close();

            assertThat(during).isEqualTo(Plain.UNAVAILABLE);
            assertThat(((Granted) repeated).ticket()).isEqualTo(before.ticket());

            redis = EmbeddedRedis.start(folder.resolve("redis"), port);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(world.grab(id, "berta", "r1")).isInstanceOf(Granted.class));
        } finally {
            redis.close();
        }
    }

    @Test
    void withoutKafkaNothingIsConfirmedAndWhatWasPendingBecomesATicketAfterwards() {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        String address = kafka.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("redis"));
                GrabWorld world = startOn(redis, kafka)) {
            ActivityId id = world.onSale("no-kafka", 10, 1);
            assertThat(world.grab(id, "anna", "r1")).isInstanceOf(Granted.class);

            kafka.close();
            GrabOutcome during = world.grabbing(id, "berta", "r1").block(BOUNDED);

            assertThat(during).isEqualTo(Plain.PENDING);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(world.grab(id, "carla", "r1"))
                            .as("once the stall is noticed, claims are not even made")
                            .isEqualTo(Plain.UNAVAILABLE));

            kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
            Grabs grabs = world.bean(Grabs.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(GrabWorld.await(grabs.result(GrabWorld.user("berta"), id)))
                            .isInstanceOf(Granted.class));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(world.grab(id, "carla", "r1")).isInstanceOf(Granted.class));
        } finally {
            kafka.close();
        }
    }
}
