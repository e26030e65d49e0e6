package dev.dibs.api.admission;

import static dev.dibs.api.admission.RateWorld.BLOCKED_FOR;
import static dev.dibs.api.admission.RateWorld.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiProperties.Address;
import dev.dibs.ids.RequestId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is blocked, and who is not. */
class OffenceTest {
    private static final String CAMPUS = "192.0.2.1";

    private final RateWorld world = new RateWorld();

    @Test
    void whoIsRefusedTooOftenIsBlockedForAWhile() {
        world.offend("mallory", HOME);

        assertThat(world.grab("mallory", "198.51.100.1")).isEqualTo(new TooMuch(true, 300));
        world.clock.goOn(BLOCKED_FOR);
        assertThat(world.grab("mallory", "198.51.100.1")).isNull();
    }

    @Test
    void aFewRefusalsNowAndThenBlockNobody() {
        for (int i = 0; i < 20; i++) {
            world.grab("anna");
            world.grab("anna");
            TooMuch refused = world.grab("anna");
            assertThat(refused).as("minute %d", i).isEqualTo(new TooMuch(false, 5));
            world.clock.goOn(Duration.ofSeconds(30));
        }
    }

    @Test
    void withTheRuleOffNobodyIsBlocked() {
        RateWorld lenient = new RateWorld(2, 0, new Address(20_000, 5_000));

        for (int i = 0; i < 100; i++) {
            lenient.grab("mallory");
        }

        assertThat(lenient.grab("mallory").blocked()).isFalse();
    }

    @Test
    void repeatingARequestNowAndThenIsNoOffence() {
        RequestId request = new RequestId("one");
        for (int i = 0; i < 100; i++) {
            assertThat(world.grab("anna", request)).as("repeat %d", i).isNull();
            world.clock.goOn(Duration.ofMillis(2_500));
        }
    }

    /** Within the limit of calls of any kind, ten at once and two a second, which would let it through for ever. */
    @Test
    void repeatingARequestAllTheTimeIsOne() {
        RequestId request = new RequestId("one");
        boolean blocked = false;
        for (int i = 0; i < 20 && !blocked; i++) {
            TooMuch refused = world.grab("mallory", request);
            blocked = refused != null && refused.blocked();
            world.clock.goOn(Duration.ofMillis(500));
        }

        assertThat(blocked).isTrue();
    }

    @Test
    void theAddressOfALoneOffenderIsBlockedWithIt() {
        world.offend("mallory", HOME);

        assertThat(world.grab("mallorys-second-account", HOME).blocked()).isTrue();
        assertThat(world.grab("anna", CAMPUS)).isNull();
    }

    @Test
    void aSharedAddressIsNotPunishedForOneOffender() {
        for (String student : new String[] {"anna", "berta", "carla"}) {
            world.grab(student, CAMPUS);
        }

        world.offend("mallory", CAMPUS);

        assertThat(world.grab("mallory", CAMPUS).blocked()).isTrue();
        assertThat(world.grab("dora", CAMPUS)).isNull();
        assertThat(world.grab("anna", CAMPUS)).isNull();
    }

    @Test
    void anAddressIsNotBlamedWhereMostOfWhatCameWasNoOffence() {
        for (int second = 0; second < 30; second++) {
            world.grab("anna", CAMPUS);
            world.clock.goOn(Duration.ofSeconds(3));
        }

        world.offend("mallory", CAMPUS);

        assertThat(world.grab("anna", CAMPUS)).isNull();
    }

    @Test
    void offendersAreNoNeighboursToHideBehind() {
        for (String accomplice : new String[] {"one", "two", "three"}) {
            for (int i = 0; i < 5; i++) {
                world.grab(accomplice, HOME);
            }
        }

        world.offend("mallory", HOME);

        assertThat(world.grab("four", HOME).blocked()).isTrue();
    }

    @Test
    void anAddressThatTurnsOutToBeSharedIsLetGo() {
        world.offend("mallory", CAMPUS);

        // The first of the others are asked to come back soon, not after the whole block.
        assertThat(world.grab("anna", CAMPUS)).isEqualTo(new TooMuch(true, 5));
        assertThat(world.grab("berta", CAMPUS)).isEqualTo(new TooMuch(true, 5));
        assertThat(world.grab("anna", CAMPUS)).isEqualTo(new TooMuch(true, 5));

        assertThat(world.grab("carla", CAMPUS)).isNull();
        assertThat(world.grab("anna", CAMPUS)).isNull();
        assertThat(world.grab("mallory", CAMPUS).blocked()).isTrue();
    }

    @Test
    void whatAnOperatorHasBlockedIsNotLetGo() {
        world.blocks.operatorBlocks(RateWorld.hash(CAMPUS));

        for (int i = 0; i < 10; i++) {
            assertThat(world.grab("student" + i, CAMPUS)).isEqualTo(new TooMuch(true, 300));
        }
    }

    @Test
    void anAddressIsNotSharedForEver() {
        for (String student : new String[] {"anna", "berta", "carla"}) {
            world.grab(student, HOME);
        }
        world.clock.goOn(Duration.ofMinutes(11));

        world.offend("mallory", HOME);

        assertThat(world.grab("anna", HOME).blocked()).isTrue();
    }

    @Test
    void blocksHoldAlsoWhereLimitsAreOff() {
        RateWorld off = new RateWorld(0, 0, new Address(20_000, 0));
        off.blocks.punishUser(RateWorld.user("mallory").userId());
        off.blocks.operatorBlocks(RateWorld.hash(CAMPUS));

        assertThat(off.grab("mallory", HOME).blocked()).isTrue();
        assertThat(off.grab("anna", CAMPUS).blocked()).isTrue();
        assertThat(off.grab("anna", HOME)).isNull();
    }

    @Test
    void anUnknownAddressIsNobodys() {
        world.offend("mallory", "");

        assertThat(world.grab("anna", "")).isNull();
    }
}
