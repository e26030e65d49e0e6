package dev.dibs.api.admission;

import dev.dibs.api.ApiProperties.Address;
import dev.dibs.api.ApiProperties.Offence;
import dev.dibs.api.ApiProperties.Rate;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.Principal;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The limits on a clock that stands still until it is told to go on. */
final class RateWorld {
    static final ActivityId NIGHT = new ActivityId("night");
    static final String HOME = "203.0.113.9";
    static final Duration BLOCKED_FOR = Duration.ofMinutes(5);

    private static final int REFUSALS = 4;

    final TestClock clock = new TestClock();
    final MemoryBlockList blocks = new MemoryBlockList(clock, BLOCKED_FOR);
    /** Requests that hold a ticket. */
    final Set<RequestId> winning = new HashSet<>();

    final GrabRate rate;

    /** As by default, but that four refusals are too many. */
    RateWorld() {
        this(2, REFUSALS, new Address(20_000, 5_000));
    }

    RateWorld(int grabs, int refusals, Address address) {
        rate = new GrabRate(
                new Rate(
                        grabs,
                        Duration.ofSeconds(5),
                        10,
                        2,
                        address,
                        new Offence(refusals, Duration.ofMinutes(1), BLOCKED_FOR, 3, Duration.ofMinutes(10))),
                blocks,
                (principal, activityId, requestId) -> winning.contains(requestId),
                RateWorld::hash,
                clock,
                () -> clock.millis() * 1_000_000L);
    }

    static String hash(String address) {
        return ("h" + address.replace('.', '-').replace(':', '-') + "----------------").substring(0, 16);
    }

    static Principal user(String name) {
        return Principal.of(new UserId(name), Set.of());
    }

    TooMuch grab(String user) {
        return grab(user, HOME);
    }

    TooMuch grab(String user, String address) {
        return rate.check(user(user), NIGHT, null, address);
    }

    TooMuch grab(String user, RequestId request) {
        return rate.check(user(user), NIGHT, request, HOME);
    }

    /** Grabs until blocked. */
    void offend(String user, String address) {
        for (int i = 0; i < 2 + REFUSALS; i++) {
            grab(user, address);
        }
    }
}
