package dev.dibs.api.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.dibs.api.ApiProperties.Rate;
import dev.dibs.api.access.Principal;
import dev.dibs.blocks.Block;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Who may not grab now: whoever is blocked, whoever has grabbed too often, whoever comes from an address that sends too
 * much. All of it is in this instance's memory, and a look-up each.
 */
public final class GrabRate {
    /** A user beyond these is forgotten and starts afresh; it bounds the memory, some 300 bytes each, and more of those who press often. */
    private static final long MAX_USERS = 200_000;

    private static final long MAX_ADDRESSES = 100_000;
    /** Whoever suffers from a neighbour may soon be found to be one of many. */
    private static final int NEIGHBOUR_RETRY_SECONDS = 5;

    /** Whether a request holds a ticket already: repeating it is no grab, wherever and whenever it was won. */
    @FunctionalInterface
    public interface Winners {
        boolean holds(Principal principal, ActivityId activityId, RequestId requestId);
    }

    private final Rate rate;
    private final BlockList blocks;
    private final Winners winners;
    private final Clock clock;
    private final Ticker ticker;
    /** Where neither users nor addresses are limited, addresses need not be watched. */
    private final boolean watchesAddresses;

    private final Cache<Fingerprint, UserTurns> users;
    private final Function<Fingerprint, UserTurns> newTurns;
    private final Cache<String, AddressTraffic> addresses;
    private final Function<String, AddressTraffic> newTraffic;

    /**
     * @param addressHash as grabs carry it; empty for an address that is not known
     * @param clock by which blocks end
     * @param ticker by which limits are measured
     */
    public GrabRate(
            Rate rate,
            BlockList blocks,
            Winners winners,
            UnaryOperator<String> addressHash,
            Clock clock,
            Ticker ticker) {
        this.rate = rate;
        this.blocks = blocks;
        this.winners = winners;
        this.clock = clock;
        this.ticker = ticker;
        TickerMeter time = new TickerMeter(ticker);
        this.watchesAddresses = rate.grabs() > 0 || rate.address().perSecond() > 0;
        this.newTurns = user -> new UserTurns(rate, time);
        this.newTraffic = address -> new AddressTraffic(addressHash.apply(address), rate, time);
        this.users = cache(MAX_USERS, longest(rate.period(), rate.offence().within()));
        this.addresses = cache(
                MAX_ADDRESSES,
                longest(rate.offence().within().multipliedBy(2), rate.offence().sharedMemory()));
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private <K, V> Cache<K, V> cache(long most, Duration memory) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .executor(Runnable::run)
                .ticker(ticker)
                .expireAfterAccess(memory.plusSeconds(1))
                .build();
    }

    /**
     * Counts a grab.
     *
     * @param requestId null where the client gave none
     * @param address as text; empty where it is not known
     * @return why it is refused, or null where it is not
     */
    public TooMuch check(Principal principal, ActivityId activityId, RequestId requestId, String address) {
        Block user = blocks.ofUser(principal.fingerprint());
        long userLeft = left(user);
        if (userLeft > 0) {
            return TooMuch.blocked(userLeft);
        }
        AddressTraffic traffic = traffic(address);
        if (traffic != null) {
            Block block = blocks.ofAddress(traffic.hash());
            long addressLeft = left(block);
            if (addressLeft > 0) {
                TooMuch refused = neighbour(principal, traffic, block, addressLeft);
                if (refused != null) {
                    return refused;
                }
            }
        }
        return rate.grabs() == 0
                ? ofAddress(principal, traffic, true)
                : limited(principal, activityId, requestId, traffic);
    }

    private AddressTraffic traffic(String address) {
        return address.isEmpty() || !watchesAddresses && !blocks.hasAddresses()
                ? null
                : addresses.get(address, newTraffic);
    }

    private long left(Block block) {
        return block == null ? 0 : block.until() - clock.millis();
    }

    /** Null where the address turns out to be shared, and the block to have been a mistake. */
    private TooMuch neighbour(Principal principal, AddressTraffic traffic, Block block, long left) {
        if (block.origin() == Block.Origin.OPERATOR) {
            return TooMuch.blocked(left);
        }
        UserTurns turns = users.getIfPresent(principal.fingerprint());
        long now = ticker.read();
        if (turns != null && !turns.isWellBehaved(now)) {
            return TooMuch.blocked(left);
        }
        traffic.suffered(principal.fingerprint(), now);
        if (traffic.isShared(now)) {
            blocks.pardonAddress(traffic.hash());
            return null;
        }
        return new TooMuch(
                true, Math.min(NEIGHBOUR_RETRY_SECONDS, TooMuch.blocked(left).retryAfterSeconds()));
    }

    private TooMuch limited(Principal principal, ActivityId activityId, RequestId requestId, AddressTraffic traffic) {
        UserTurns turns = users.get(principal.fingerprint(), newTurns);
        long now = ticker.read();
        boolean hasWon = requestId != null && winners.holds(principal, activityId, requestId);
        long wait = turns.call();
        if (wait == 0 && !hasWon) {
            wait = turns.grab(activityId, requestId, now);
        }
        if (wait > 0) {
            return offended(principal, turns, traffic, wait, now);
        }
        TooMuch ofAddress = ofAddress(principal, traffic, turns.isWellBehaved(now));
        if (ofAddress != null && !hasWon) {
            turns.takeBack(activityId, requestId);
        }
        return ofAddress;
    }

    private TooMuch ofAddress(Principal principal, AddressTraffic traffic, boolean isWellBehaved) {
        if (traffic == null) {
            return null;
        }
        long wait = traffic.grab();
        if (wait > 0) {
            return TooMuch.of(wait);
        }
        traffic.admitted(principal.fingerprint(), isWellBehaved, ticker.read());
        return null;
    }

    private TooMuch offended(Principal principal, UserTurns turns, AddressTraffic traffic, long wait, long now) {
        if (traffic != null) {
            traffic.refused(principal.fingerprint(), now);
        }
        if (!turns.refused(now)) {
            return TooMuch.of(wait);
        }
        blocks.punishUser(principal.userId());
        if (traffic != null && traffic.isToBlame(now)) {
            blocks.punishAddress(traffic.hash());
        }
        return TooMuch.blocked(rate.offence().blockedFor().toMillis());
    }

    /**
     * Counts a question that Redis has to answer: it has one thread for all, and claims need it. No offence, whoever waits
     * is impatient.
     *
     * @return why it is refused, or null where it is not
     */
    public TooMuch question(Principal principal) {
        long wait = rate.grabs() == 0
                ? 0
                : users.get(principal.fingerprint(), newTurns).question();
        return wait == 0 ? null : TooMuch.of(wait);
    }

    /** A grab that was counted was answered -3: it may be made again at once as far as this is concerned. */
    public void undecided(Principal principal, ActivityId activityId, RequestId requestId) {
        UserTurns turns = users.getIfPresent(principal.fingerprint());
        if (turns != null) {
            turns.takeBack(activityId, requestId);
        }
    }
}
