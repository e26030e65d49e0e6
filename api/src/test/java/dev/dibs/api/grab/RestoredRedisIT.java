package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.claim.UnfencedClaims;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.recovery.Relay;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.tail.LedgerTail;
import dev.dibs.testkit.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis comes back from an older copy of its file: it would give out codes again that are long since sold. */
class RestoredRedisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EACH = 5;

    @TempDir
    private Path folder;

    @Test
    void theFenceKeepsARestoredRedisFromProposingWhatIsSold() throws IOException {
        assertThat(voidGrabsAfterARestore()).isZero();
    }

    @Test
    void withoutTheFenceItProposesThemAndTheLedgerVoidsThem() throws IOException {
        assertThat(voidGrabsAfterARestore(UnfencedClaims.class)).isPositive();
    }

    /** Either way nobody is told of a code that somebody else has. */
    private int voidGrabsAfterARestore(Class<?>... weakened) throws IOException {
        Path data = folder.resolve("redis");
        EmbeddedRedis redis = EmbeddedRedis.start(data);
        int port = redis.port();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            TestTopics.create(kafka.bootstrapServers());
            try (GrabWorld world = GrabWorld.startOn(redis.uri(), kafka.bootstrapServers(), weakened)) {
                ActivityId id = world.onSale("restored", 4 * EACH, 1);
                List<OwnedTicket> tickets = new ArrayList<>(grabs(world, id, "early"));
                Path copy = folder.resolve("copy");
                copyFile(data, copy);
                tickets.addAll(grabs(world, id, "late"));
                // Who looks every second would have it mended before anybody comes; here somebody comes first.
                world.bean(Relay.class).close();

                redis.kill();
                redis.close();
                copyFile(copy, data);
                redis = EmbeddedRedis.start(data, port);
                tickets.addAll(grabs(world, id, "after"));

                assertThat(tickets)
                        .hasSize(3 * EACH)
                        .extracting(OwnedTicket::code)
                        .doesNotHaveDuplicates();
                return voidGrabs(kafka.bootstrapServers());
            }
        } finally {
            redis.close();
        }
    }

    private static List<OwnedTicket> grabs(GrabWorld world, ActivityId id, String users) {
        List<OwnedTicket> tickets = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            String user = users + i;
            await().atMost(PATIENCE).until(() -> world.grab(id, user, "r") instanceof Granted);
            tickets.add(((Granted) world.grab(id, user, "r")).ticket());
        }
        return tickets;
    }

    /** Copies the append-only file, wherever this version of Redis keeps it. */
    private static void copyFile(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().startsWith("appendonly")) {
                    Path target = to.resolve(from.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static int voidGrabs(String kafka) {
        AtomicInteger voided = new AtomicInteger();
        try (LedgerTail tail = new LedgerTail(
                Map.of("bootstrap.servers", kafka),
                Map.of(),
                new MemoryLedgerState(),
                (partition, offset, event, verdict) -> {
                    if (event instanceof TicketGrabbed && verdict.isVoid()) {
                        voided.incrementAndGet();
                    }
                })) {
            tail.foldToEnd();
        }
        return voided.get();
    }
}
