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
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/** Claims by one call of {@code claim.lua}. */
public final class RedisTicketInventory implements TicketInventory {
    static final LuaScript CLAIM = LuaScript.load(RedisTicketInventory.class, "claim.lua");

    private final RedisClusterAsyncCommands<String, String> redis;
    private final LuaScript script;
    private final Runnable connectAnew;
    private final Runnable leaveReplica;
    private final ConcurrentMap<ActivityId, String[]> keys = new ConcurrentHashMap<>();

    /**
     * @param redis of a connection that nothing slow shares, and that does not replay commands after a reconnect
     * @param connectAnew called when an answer was somebody else's: which of the next ones are right, nobody knows
     * @param leaveReplica called when the server takes no claims, for it has become a replica
     */
    public RedisTicketInventory(
            RedisClusterAsyncCommands<String, String> redis, Runnable connectAnew, Runnable leaveReplica) {
        this(redis, CLAIM, connectAnew, leaveReplica);
    }

    RedisTicketInventory(
            RedisClusterAsyncCommands<String, String> redis,
            LuaScript script,
            Runnable connectAnew,
            Runnable leaveReplica) {
        this.redis = redis;
        this.script = script;
        this.connectAnew = connectAnew;
        this.leaveReplica = leaveReplica;
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
                .doOnError(RedisTicketInventory::isOfReplica, error -> leaveReplica.run());
    }

    /** Older servers say so within an error of the script. */
    private static boolean isOfReplica(Throwable error) {
        return error instanceof RedisCommandExecutionException
                && error.getMessage() != null
                && error.getMessage().contains("READONLY");
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
