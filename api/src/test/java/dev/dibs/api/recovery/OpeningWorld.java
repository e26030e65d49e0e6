package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.activity.Activity;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.claim.ClaimRequest;
import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.claim.TicketInventory;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabWorld;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.codes.CodeSeal;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.Verdict;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** A sale on real servers, whose epochs are opened by openings that the test stops where it likes. */
final class OpeningWorld implements AutoCloseable {
    static final int STOCK = 8;

    /** Somebody who is asked before each step of an opening, and may end it there. */
    interface Steps {
        /**
         * @param step the name of the command to Redis, {@code build} for a batch of a key under construction, or
         *     {@code write} for the record in the log
         */
        void before(String step);

        /** What is to be sent instead of this script; null to leave it. */
        default String insteadOf(String step) {
            return null;
        }
    }

    private final GrabWorld world;
    private final RedisClusterAsyncCommands<String, String> redis;

    OpeningWorld() {
        world = GrabWorld.startPatient();
        // It would mend what is to be seen broken.
        world.bean(Relay.class).close();
        redis = world.asyncRedis();
    }

    /**
     * On sale: sequences 0, 1 and 4 are held, 2 and 3 are lost, 5 is claimed and lies in the outbox, and of 6 and 7
     * nobody has heard yet. A part of the codes is lost as well, so that each of an opening's steps has something to do.
     */
    ActivityId sale() {
        ActivityId id = world.onSale("opening", STOCK, 1);
        InventoryKeys keys = new InventoryKeys(id);
        world.grab(id, "u0", "r");
        world.grab(id, "u1", "r");
        world.redis().hset(keys.state(), "cursor", "4");
        world.grab(id, "u4", "r");
        claim(id, "u5");
        world.redis().hdel(keys.codes(), "7");
        return id;
    }

    /** A claim that stays in the outbox. */
    TicketGrabbed claim(ActivityId id, String user) {
        long now = System.currentTimeMillis();
        return ((Claimed) GrabWorld.await(world.bean(TicketInventory.class)
                        .claim(new ClaimRequest(
                                id,
                                GrabWorld.user(user),
                                new RequestId("r"),
                                Fingerprint.of("r"),
                                new TicketId(UUID.randomUUID()),
                                now + 10_000,
                                now,
                                ""))))
                .event();
    }

    Verdict publish(TicketGrabbed claimed) {
        return GrabWorld.await(world.bean(FactWriter.class).write(claimed)).verdict();
    }

    GrabWorld world() {
        return world;
    }

    String fence() {
        return world.redis().info("replication").replaceAll("(?s).*master_replid:([0-9a-f]+).*", "$1");
    }

    /** An opening that does everything for real, on its own, and asks before each step. */
    EpochOpening opening(Steps steps) {
        RedisClusterAsyncCommands<String, String> stepwise = stepwise(steps);
        FactWriter facts = event -> Mono.defer(() -> {
            steps.before("write");
            return world.bean(FactWriter.class).write(event);
        });
        return new EpochOpening(
                stepwise,
                new Outbox(stepwise),
                world.bean(LogPublisher.class),
                facts,
                world.bean(LedgerView.class),
                codes(),
                UUID::randomUUID,
                Clock.systemUTC());
    }

    boolean open(ActivityId id, Steps steps) {
        return opening(steps).open(activity(id), fence(), false, () -> {});
    }

    /** Another instance's reconciler, which asks before each step of its openings. */
    RedisReconciler reconciler(RecoveryThreads threads, Steps steps) {
        RedisClusterAsyncCommands<String, String> stepwise = stepwise(steps);
        return new RedisReconciler(
                stepwise,
                world.bean(Catalogue.class),
                world.bean(LedgerView.class),
                opening(steps),
                codes(),
                "another instance",
                Clock.systemUTC(),
                () -> {},
                threads);
    }

    private CodeLoader codes() {
        return new CodeLoader(world.bean(MongoDatabase.class), world.bean(CodeSeal.class));
    }

    private Activity activity(ActivityId id) {
        return world.bean(Catalogue.class).find(id);
    }

    @SuppressWarnings("unchecked")
    private RedisClusterAsyncCommands<String, String> stepwise(Steps steps) {
        return (RedisClusterAsyncCommands<String, String>) Proxy.newProxyInstance(
                OpeningWorld.class.getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, arguments) -> call(steps, method, arguments));
    }

    private Object call(Steps steps, Method method, Object[] arguments) throws Throwable {
        String step = isBuild(method, arguments) ? "build" : method.getName();
        steps.before(step);
        String script = steps.insteadOf(step);
        try {
            return script == null
                    ? method.invoke(redis, arguments)
                    : redis.eval(
                            script, (ScriptOutputType) arguments[1], (String[]) arguments[2], (String[]) arguments[3]);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isBuild(Method method, Object[] arguments) {
        return method.getName().equals("evalsha") && ((String[]) arguments[2])[0].contains(":new:");
    }

    /** Of every key that an opening of the activity has built and not installed: whether it will vanish by itself. */
    Map<String, Boolean> leftovers(ActivityId id) {
        Map<String, Boolean> leftovers = new TreeMap<>();
        String names = new InventoryKeys(id).underConstruction("*", "*");
        world.redis()
                .keys(names)
                .forEach(key -> leftovers.put(key, world.redis().pttl(key) > 0));
        return leftovers;
    }

    /** Takes away what openings of the activity have built under this name and not installed. */
    void removeLeftover(ActivityId id, String name) {
        List<String> found = world.redis().keys(new InventoryKeys(id).underConstruction("*", name));
        assertThat(world.redis().del(found.toArray(String[]::new))).isPositive();
    }

    /** Everything that the state in Redis says. */
    String stateOf(ActivityId id) {
        return new TreeMap<>(world.redis().hgetall(new InventoryKeys(id).state())).toString();
    }

    /** In what Redis differs from the ledger, in words; empty where it agrees. Nothing may be on its way. */
    List<String> differences(ActivityId id) {
        InventoryKeys keys = new InventoryKeys(id);
        MemoryActivityAccount account = world.account(id);
        List<String> differences = new ArrayList<>();
        Map<String, String> state = world.redis().hgetall(keys.state());
        compare(differences, "epoch", state.get("epoch"), Long.toString(account.epoch()));
        compare(differences, "cursor", state.get("cursor"), Integer.toString(account.highestUsed() + 1));
        compare(differences, "stock", state.get("stock"), Integer.toString(account.stock()));
        compare(
                differences,
                "free",
                world.redis().lrange(keys.free(), 0, -1),
                IntStream.range(0, account.highestUsed())
                        .filter(sequence -> account.holding(sequence) == null)
                        .mapToObj(Integer::toString)
                        .toList());
        Map<Integer, TicketId> there = new TreeMap<>();
        world.redis().hvals(keys.users()).stream()
                .flatMap(value -> UserEntry.parse(value).stream())
                .forEach(entry -> there.put(entry.sequence(), entry.ticketId()));
        Map<Integer, TicketId> held = new TreeMap<>();
        for (int sequence = 0; sequence < account.stock(); sequence++) {
            Holding holding = account.holding(sequence);
            if (holding != null) {
                held.put(sequence, holding.ticketId());
            }
        }
        compare(differences, "users", there, held);
        compare(differences, "codes", world.redis().hlen(keys.codes()), (long) account.stock());
        compare(differences, "outbox", world.redis().xlen(keys.outbox()), 0L);
        return differences;
    }

    private static void compare(List<String> differences, String what, Object there, Object wanted) {
        if (!wanted.equals(there)) {
            differences.add(what + " is " + there + " instead of " + wanted);
        }
    }

    /** Whatever has happened: the rest is sold, each code once. */
    void sellTheRest(ActivityId id) {
        List<OwnedTicket> sold = new ArrayList<>();
        for (int i = 0; i < 2 * STOCK; i++) {
            if (world.grab(id, "buyer-" + i, "r") instanceof Granted granted) {
                sold.add(granted.ticket());
            }
        }
        assertThat(world.account(id).remaining()).isZero();
        for (String early : List.of("u0", "u1", "u4")) {
            sold.add(((Granted) world.grab(id, early, "r")).ticket());
        }
        assertThat(sold).extracting(OwnedTicket::code).doesNotHaveDuplicates();
    }

    @Override
    public void close() {
        world.close();
    }
}
