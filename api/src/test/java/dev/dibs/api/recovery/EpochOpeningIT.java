package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.recovery.OpeningWorld.Steps;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An opening that dies at each of its steps, and two at once in each order that matters. */
@Timeout(300)
class EpochOpeningIT {
    private static final long PATIENCE_SECONDS = 60;

    /** The commands of one opening, in their order: none may be missing below, or a step is not looked at. */
    private static final List<String> STEPS = List.of(
            // codes, which need MongoDB
            "hlen",
            "build",
            // republish the outbox
            "xrange",
            // append EpochOpened
            "write",
            // snapshot: users, free sequences
            "build",
            "build",
            // install
            "evalsha");

    private static OpeningWorld world;

    @BeforeAll
    static void start() {
        world = new OpeningWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Lets so many steps be done, and ends the opening before the next one. */
    private static Steps dyingAfter(int done) {
        List<String> seen = new ArrayList<>();
        return step -> {
            if (seen.size() == done) {
                throw new Killed();
            }
            seen.add(step);
        };
    }

    @Test
    void theseAreItsSteps() {
        ActivityId id = world.sale();
        List<String> seen = new ArrayList<>();

        assertThat(world.open(id, seen::add)).isTrue();

        // The script's text is sent where the server does not know it yet.
        assertThat(seen.stream().filter(step -> !step.equals("eval"))).isEqualTo(STEPS);
        assertThat(world.differences(id)).isEmpty();
        world.sellTheRest(id);
    }

    /** Killed before the first step, between each two, and after the last. */
    @TestFactory
    Stream<DynamicTest> whereverItDiesTheNextOneFinishesWhatItBegan() {
        return IntStream.rangeClosed(0, STEPS.size())
                .mapToObj(done -> DynamicTest.dynamicTest(
                        done == STEPS.size() ? "after install" : "before step " + done + ", " + STEPS.get(done),
                        () -> nextOneFinishes(done)));
    }

    private void nextOneFinishes(int done) {
        // Given an opening that has died there
        ActivityId id = world.sale();
        long before = world.world().account(id).epoch();
        if (done == STEPS.size()) {
            world.open(id, step -> {});
        } else {
            assertThatThrownBy(() -> world.open(id, dyingAfter(done)))
                    .isInstanceOfAny(Killed.class, RecoveryException.class)
                    .hasStackTraceContaining(Killed.class.getName());
        }
        assertThat(world.leftovers(id).values())
                .as("whether what it has built will vanish")
                .doesNotContain(false);
        boolean appended = world.world().account(id).epoch() > before;
        assertThat(appended).isEqualTo(done > STEPS.indexOf("write"));
        assertThat(world.differences(id).isEmpty())
                .as("without another opening Redis agrees only where this one came to its end")
                .isEqualTo(done == STEPS.size());

        // When somebody else looks at the activity; before the record was in the log nothing shows that one had begun
        if (appended) {
            world.world().reconcile(id);
        } else {
            world.world().bean(Recovery.class).recover(id).join();
        }

        // Then
        assertThat(world.differences(id)).isEmpty();
        world.sellTheRest(id);
    }

    /** Has this step fail, and no other. */
    private static Steps failingAt(int step) {
        List<String> seen = new ArrayList<>();
        return name -> {
            seen.add(name);
            if (seen.size() == step + 1) {
                throw new RecoveryException("a server does not answer");
            }
        };
    }

    @Test
    void whatFailsLeavesNothing() {
        ActivityId id = world.sale();
        for (int step = 0; step < STEPS.size(); step++) {
            Steps failing = failingAt(step);
            assertThatThrownBy(() -> world.open(id, failing)).isInstanceOf(RecoveryException.class);

            await().untilAsserted(() -> assertThat(world.leftovers(id)).isEmpty());
        }
    }

    @Test
    void withoutTheExpiryInEachBatchWhoDiesWouldLeaveKeysForEver() {
        ActivityId id = world.sale();
        String withoutExpiry = without("build.lua", "redis.call('PEXPIRE', KEYS[1], ARGV[2])\n");
        Steps dying = dyingAfter(STEPS.size() - 1);
        Steps weaker = new Steps() {
            @Override
            public void before(String step) {
                dying.before(step);
            }

            @Override
            public String insteadOf(String step) {
                return step.equals("build") ? withoutExpiry : null;
            }
        };

        assertThatThrownBy(() -> world.open(id, weaker)).isInstanceOf(Killed.class);

        assertThat(world.leftovers(id)).hasSize(3).containsValue(false).doesNotContainValue(true);
    }

    /** An opening that has done everything but install, until it is let go on. */
    private static final class Held implements Steps {
        private final CompletableFuture<Void> arrived = new CompletableFuture<>();
        private final CompletableFuture<Void> goOn = new CompletableFuture<>();
        private final String script;
        private final CompletableFuture<Boolean> installed;

        private Held(ActivityId id, String script) {
            this.script = script;
            this.installed = CompletableFuture.supplyAsync(
                    () -> world.open(id, this), task -> new Thread(task, "held opening").start());
            arrived.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public void before(String step) {
            if (step.equals("evalsha")) {
                arrived.complete(null);
                goOn.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            }
        }

        @Override
        public String insteadOf(String step) {
            return step.equals("evalsha") ? script : null;
        }

        private boolean finish() {
            goOn.complete(null);
            return installed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "free", "codes"})
    void whatWasBuiltAndIsGoneIsNotTakenForNothing(String name) {
        ActivityId id = world.sale();
        Held held = new Held(id, null);
        String state = world.stateOf(id);

        world.removeLeftover(id, name);
        boolean installed = held.finish();

        assertThat(installed).isFalse();
        assertThat(world.stateOf(id)).isEqualTo(state);
        world.world().reconcile(id);
        assertThat(world.differences(id)).isEmpty();
        world.sellTheRest(id);
    }

    @Test
    void withoutTheCountInTheScriptNobodyWouldHoldAnythingAnyMore() {
        ActivityId id = world.sale();
        Held held = new Held(id, without("install.lua", "  return {'GONE'}\n"));

        world.removeLeftover(id, "users");
        boolean installed = held.finish();

        assertThat(installed).isTrue();
        assertThat(world.differences(id)).singleElement().asString().startsWith("users is {} instead of");
        world.world().bean(Recovery.class).recover(id).join();
        assertThat(world.differences(id)).isEmpty();
    }

    @Test
    void ofTwoAtOnceTheLaterInTheLogStandsIfItIsInstalledFirst() {
        ActivityId id = world.sale();
        Held earlier = new Held(id, null);
        Held later = new Held(id, null);

        boolean laterInstalled = later.finish();
        boolean earlierInstalled = earlier.finish();

        assertThat(laterInstalled).isTrue();
        assertThat(earlierInstalled).as("it has to look again").isFalse();
        assertThat(world.differences(id)).isEmpty();
        world.sellTheRest(id);
    }

    @Test
    void ofTwoAtOnceTheLaterInTheLogStandsIfItIsInstalledLast() {
        ActivityId id = world.sale();
        Held earlier = new Held(id, null);
        Held later = new Held(id, null);

        boolean earlierInstalled = earlier.finish();
        TicketGrabbed between = world.claim(id, "between");
        boolean laterInstalled = later.finish();

        assertThat(earlierInstalled).isTrue();
        assertThat(laterInstalled).isTrue();
        assertThat(world.publish(between))
                .as("what was claimed in between, in an epoch that was over already")
                .isEqualTo(Verdict.VOID_EPOCH);
        assertThat(world.differences(id)).isEmpty();
        world.sellTheRest(id);
    }

    @Test
    void withoutTheLookAtTheStoredEpochTheEarlierOneWouldTakeThePlaceOfTheLater() {
        ActivityId id = world.sale();
        Held earlier = new Held(id, without("install.lua", "  return {'STALE'}\n"));
        Held later = new Held(id, null);

        later.finish();
        boolean earlierInstalled = earlier.finish();

        assertThat(earlierInstalled).isTrue();
        assertThat(world.differences(id)).singleElement().asString().startsWith("epoch");
        // Every claim would be void from here on; whoever looks next finds that the epoch is not the ledger's.
        world.world().reconcile(id);
        assertThat(world.differences(id)).isEmpty();
    }

    private static String without(String script, String part) {
        try (InputStream in = EpochOpening.class.getResourceAsStream(script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String weaker = text.replace(part, "");
            assertThat(weaker).isNotEqualTo(text);
            return weaker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
