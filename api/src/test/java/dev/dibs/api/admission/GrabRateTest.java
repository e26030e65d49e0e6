package dev.dibs.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiProperties.Address;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrabRateTest {
    private static final RequestId ONE = new RequestId("one");
    private static final RequestId TWO = new RequestId("two");
    private static final RequestId THREE = new RequestId("three");

    private final RateWorld world = new RateWorld();

    @Test
    void theThirdGrabWithinFiveSecondsIsRefusedAndOnlyOfThatUser() {
        assertThat(world.grab("anna")).isNull();
        world.clock.goOn(Duration.ofSeconds(2));
        assertThat(world.grab("anna")).isNull();
        world.clock.goOn(Duration.ofMillis(500));

        TooMuch third = world.grab("anna");

        assertThat(third).isEqualTo(new TooMuch(false, 3));
        assertThat(world.grab("berta")).isNull();
    }

    @Test
    void whoComesBackWhenToldToIsLetThrough() {
        world.grab("anna");
        world.grab("anna");
        int wait = world.grab("anna").retryAfterSeconds();

        world.clock.goOn(Duration.ofSeconds(wait));

        assertThat(world.grab("anna")).isNull();
    }

    /** A bucket of two that fills up again within five seconds would let a third one through after half of that. */
    @Test
    void inNoFiveSecondsAreThereMoreThanTwoGrabs() {
        RateWorld lenient = new RateWorld(2, 0, new Address(20_000, 5_000));
        long seed = Long.getLong("dibs.seed", System.nanoTime());
        Random random = new Random(seed);
        long[] admitted = new long[2];
        int count = 0;
        for (int i = 0; i < 5_000; i++) {
            lenient.clock.goOn(Duration.ofMillis(random.nextInt(3_000)));
            if (lenient.grab("anna") == null) {
                long now = lenient.clock.millis();
                assertThat(count < 2 || now - admitted[count % 2] >= 5_000)
                        .as("seed %d, step %d", seed, i)
                        .isTrue();
                admitted[count++ % 2] = now;
            }
        }
        assertThat(count).isGreaterThan(1_000);
    }

    @Test
    void aRequestThatIsRepeatedOnceOrTwiceIsNoFurtherGrab() {
        assertThat(world.grab("anna", ONE)).isNull();
        assertThat(world.grab("anna", TWO)).isNull();

        assertThat(world.grab("anna", ONE)).isNull();
        assertThat(world.grab("anna", TWO)).isNull();

        assertThat(world.grab("anna", THREE)).isNotNull();
    }

    @Test
    void whoGivesAllGrabsOneNameHasNoMoreOfThemThanOthers() {
        assertThat(world.grab("anna", ONE)).as("a grab").isNull();
        assertThat(world.grab("anna", ONE)).as("its answer was lost").isNull();
        assertThat(world.grab("anna", ONE)).as("and again").isNull();
        assertThat(world.grab("anna", ONE)).as("a second grab").isNull();

        assertThat(world.grab("anna", ONE)).isEqualTo(new TooMuch(false, 5));
    }

    @Test
    void aRequestThatIsRepeatedLaterIsAGrabAgain() {
        world.grab("anna", ONE);
        world.clock.goOn(Duration.ofSeconds(5));
        world.grab("anna", ONE);
        world.grab("anna", TWO);

        assertThat(world.grab("anna", THREE)).isNotNull();
    }

    /** Two that count, and two that may be repetitions of them. */
    @Test
    void inNoFiveSecondsAreThereMoreThanFourGrabsHoweverTheyAreNamed() {
        RateWorld lenient = new RateWorld(2, 0, new Address(20_000, 5_000));
        long seed = Long.getLong("dibs.seed", System.nanoTime());
        Random random = new Random(seed);
        RequestId[] names = {ONE, TWO, THREE};
        long[] admitted = new long[4];
        int count = 0;
        for (int i = 0; i < 5_000; i++) {
            lenient.clock.goOn(Duration.ofMillis(random.nextInt(1_500)));
            if (lenient.grab("anna", names[random.nextInt(1 + i % names.length)]) == null) {
                long now = lenient.clock.millis();
                assertThat(count < 4 || now - admitted[count % 4] >= 5_000)
                        .as("seed %d, step %d", seed, i)
                        .isTrue();
                admitted[count++ % 4] = now;
            }
        }
        assertThat(count).isGreaterThan(1_000);
    }

    @Test
    void theSameRequestIdOfAnotherActivityIsAGrabOfItsOwn() {
        ActivityId other = new ActivityId("other");
        world.grab("anna", ONE);
        world.rate.check(RateWorld.user("anna"), other, ONE, RateWorld.HOME);

        assertThat(world.rate.check(RateWorld.user("anna"), new ActivityId("third"), ONE, RateWorld.HOME))
                .isNotNull();
    }

    @Test
    void aRequestThatHoldsATicketIsAnsweredThoughThisInstanceNeverSawIt() {
        world.grab("anna", ONE);
        world.grab("anna", TWO);
        world.winning.add(THREE);

        assertThat(world.grab("anna", THREE)).isNull();
    }

    @Test
    void aRequestThatHoldsATicketIsNoGrabHoweverOftenItIsRepeated() {
        world.winning.add(ONE);
        for (int i = 0; i < 6; i++) {
            assertThat(world.grab("anna", ONE)).as("repeat %d", i).isNull();
        }

        assertThat(world.grab("anna", TWO)).isNull();
        assertThat(world.grab("anna", THREE)).isNull();
        assertThat(world.grab("anna", new RequestId("four"))).isNotNull();
    }

    /** Of what holds a ticket nothing is decided any more, but it takes its time as well. */
    @Test
    void alsoRepeatingWhatHoldsATicketHasALimit() {
        world.winning.add(ONE);
        long letThrough = IntStream.range(0, 30)
                .filter(i -> world.grab("anna", ONE) == null)
                .count();

        assertThat(letThrough).isEqualTo(10);
        world.clock.goOn(Duration.ofMinutes(10));
        assertThat(world.grab("anna", ONE)).isNull();
    }

    @Test
    void whatWasNotDecidedDoesNotCount() {
        for (int i = 0; i < 5; i++) {
            assertThat(world.grab("anna")).as("press %d", i).isNull();
            world.rate.undecided(RateWorld.user("anna"), RateWorld.NIGHT, null);
        }
        assertThat(world.grab("anna")).isNull();
        assertThat(world.grab("anna")).isNull();

        assertThat(world.grab("anna")).isNotNull();
    }

    @Test
    void aNamedRequestMayBeRepeatedForAsLongAsItIsNotDecided() {
        world.grab("anna", TWO);
        for (int i = 0; i < 7; i++) {
            assertThat(world.grab("anna", ONE)).as("press %d", i).isNull();
            world.rate.undecided(RateWorld.user("anna"), RateWorld.NIGHT, ONE);
        }

        assertThat(world.grab("anna", THREE)).isNull();
        assertThat(world.grab("anna", new RequestId("four"))).isNotNull();
    }

    @Test
    void aRepetitionThatWasNotDecidedIsTakenBackAndNotTheGrab() {
        world.grab("anna", ONE);
        for (int i = 0; i < 5; i++) {
            assertThat(world.grab("anna", ONE)).as("repeat %d", i).isNull();
            world.rate.undecided(RateWorld.user("anna"), RateWorld.NIGHT, ONE);
        }

        assertThat(world.grab("anna", TWO)).isNull();
        assertThat(world.grab("anna", THREE)).isNotNull();
    }

    @Test
    void zeroSwitchesTheLimitOff() {
        RateWorld off = new RateWorld(0, 4, new Address(20_000, 0));

        assertThat(IntStream.range(0, 1_000).allMatch(i -> off.grab("anna") == null))
                .isTrue();
    }

    @Test
    void questionsForWhatCameOfAGrabAreNoGrabsAndHaveALimitOfTheirOwn() {
        for (int i = 0; i < 20; i++) {
            assertThat(world.rate.question(RateWorld.user("anna"))).isNull();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(world.rate.question(RateWorld.user("anna"))).isEqualTo(new TooMuch(false, 1));
        }

        assertThat(world.grab("anna")).as("no offence, and no grab").isNull();
        world.clock.goOn(Duration.ofMillis(200));
        assertThat(world.rate.question(RateWorld.user("anna"))).isNull();
        assertThat(world.rate.question(RateWorld.user("anna"))).isNotNull();
    }

    @Test
    void anAddressHasALimitToo() {
        RateWorld narrow = new RateWorld(2, 4, new Address(5, 1));

        long letThrough = IntStream.range(0, 20)
                .filter(i -> narrow.grab("user" + i) == null)
                .count();

        assertThat(letThrough).isEqualTo(5);
        assertThat(narrow.grab("late")).isEqualTo(new TooMuch(false, 1));
        assertThat(narrow.grab("late", "198.51.100.1")).isNull();
    }

    @Test
    void whatTheAddressWasRefusedForIsNotHeldAgainstTheUser() {
        RateWorld narrow = new RateWorld(2, 4, new Address(1, 1));
        narrow.grab("first");
        for (int i = 0; i < 10; i++) {
            assertThat(narrow.grab("anna").blocked()).isFalse();
        }
        narrow.clock.goOn(Duration.ofSeconds(5));

        assertThat(narrow.grab("anna")).isNull();
    }

    /** Threads of one user at once: the count must not tear. */
    @Test
    void parallelPressesAreCountedExactly() throws InterruptedException {
        AtomicInteger letThrough = new AtomicInteger();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                if (world.grab("anna") == null) {
                    letThrough.incrementAndGet();
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(letThrough).hasValue(2);
    }
}
