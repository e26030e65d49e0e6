package dev.dibs.api.claim;

import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.ClaimResult.Held;
import dev.dibs.api.claim.ClaimResult.Incomplete;
import dev.dibs.api.claim.ClaimResult.LimitReached;
import dev.dibs.api.claim.ClaimResult.Refused;
import dev.dibs.api.tickets.RedisCodeFormat;
import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Claims by one call of {@code claim.lua}. */
public final class RedisTicketInventory implements TicketInventory {
    private static final Logger log = LoggerFactory.getLogger(RedisTicketInventory.class);
    private static final long LEAVES_EVERY = Duration.ofSeconds(1).toNanos();
    static final LuaScript CLAIM = LuaScript.load(RedisTicketInventory.class, "claim.lua");

    private final RedisClusterAsyncCommands<String, String> redis;
    private final LuaScript script;
    private final Runnable connectAnew;
    private final LongSupplier nanoTime;
    /** When the latest connection to a replica was left. */
    private final AtomicLong leftReplicaAt;

    private final ConcurrentMap<ActivityId, String[]> keys = new ConcurrentHashMap<>();

    /**
     * @param redis of a connection that nothing slow shares, and that does not replay commands after a reconnect
     * @param connectAnew called when an answer was somebody else's: which of the next ones are right, nobody knows; and
     *     when the server has become a replica: the address may lead to another one by now
     */
    public RedisTicketInventory(RedisClusterAsyncCommands<String, String> redis, Runnable connectAnew) {
        this(redis, CLAIM, connectAnew, System::nanoTime);
    }

    RedisTicketInventory(
            RedisClusterAsyncCommands<String, String> redis,
            LuaScript script,
            Runnable connectAnew,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.leftReplicaAt = new AtomicLong(nanoTime.getAsLong() - LEAVES_EVERY);
        this.redis = redis;
        this.script = script;
        this.connectAnew = connectAnew;
    }

    @Override
    public Mono<ClaimResult> claim(ClaimRequest request) {
        return Mono.fromCompletionStage(() -> script.run(
                        redis,
                        keys.computeIfAbsent(request.activityId(), RedisTicketInventory::keysOf),
                        request.principal().fingerprint().text(),
                        request.request().text(),
                        request.ticketId().toString(),
                        Long.toString(request.deadline()),
                        Long.toString(request.requestedAt()),
                        request.principal().userId().value(),
                        request.requestId().value(),
                        request.addressHash()))
                .map(answer -> result(request, answer))
                .doOnError(ForeignAnswerException.class, error -> connectAnew.run())
                .doOnError(RedisTicketInventory::isOfReplica, error -> leaveReplica());
    }

    /** Older servers say so within an error of the script. */
    private static boolean isOfReplica(Throwable error) {
        return error instanceof RedisCommandExecutionException
                && error.getMessage() != null
                && error.getMessage().contains("READONLY");
    }

    /** Not at each claim: where the address leads to a replica, whoever reads there would be cut off all the time. */
    private void leaveReplica() {
        long now = nanoTime.getAsLong();
        long left = leftReplicaAt.get();
        if (now - left >= LEAVES_EVERY && leftReplicaAt.compareAndSet(left, now)) {
            log.warn("Redis takes no claims, for it has become a replica; connecting anew");
            connectAnew.run();
        }
    }

    private static String[] keysOf(ActivityId activityId) {
        InventoryKeys keys = new InventoryKeys(activityId);
        return new String[] {keys.state(), keys.free(), keys.users(), keys.codes(), keys.outbox()};
    }

    private static ClaimResult result(ClaimRequest request, List<Object> answer) {
        String status = (String) answer.get(0);
        switch (status) {
            case "CLAIMED", "HELD", "LIMIT":
                break;
            case "INCOMPLETE":
                return new Incomplete(Long.parseLong((String) answer.get(1)));
            default:
                return Refused.valueOf(status);
        }
        UserEntry entry = UserEntry.parseLine((String) answer.get(1));
        requireOwn(request, status.equals("CLAIMED") ? entry.ticketId().toString() : answer.get(3));
        TicketCode code = RedisCodeFormat.parse((String) answer.get(2));
        return switch (status) {
            case "CLAIMED" -> new Claimed(event(request, entry, code), code, (String) answer.get(3));
            case "HELD" -> new Held(event(request, entry, code), code);
            default -> new LimitReached(entry, code);
        };
    }

    /**
     * Answers come in the order of the questions, and nothing in them says whose they are. A client that gets out of step
     * (it has happened to others) would hand each buyer somebody else's ticket.
     */
    private static void requireOwn(ClaimRequest request, Object ticketId) {
        if (!request.ticketId().toString().equals(ticketId)) {
            throw new ForeignAnswerException(request.activityId());
        }
    }

    private static TicketGrabbed event(ClaimRequest request, UserEntry entry, TicketCode code) {
        return new TicketGrabbed(
                request.activityId(),
                entry.epoch(),
                entry.sequence(),
                entry.ticketId(),
                request.principal().userId(),
                request.requestId(),
                entry.requestedAt(),
                entry.grabbedAt(),
                code.kind(),
                request.addressHash());
    }
}
