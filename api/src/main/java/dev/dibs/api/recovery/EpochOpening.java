package dev.dibs.api.recovery;

import dev.dibs.activity.Activity;
import dev.dibs.api.claim.LuaScript;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.FactWriter.Judged;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.events.EpochOpened;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.MemoryActivityAccount;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a new epoch of an activity: the one procedure behind the first opening, recovery, fail-over and repair. May run
 * on several instances at once; the later epoch wins, and what the earlier one claimed is void.
 */
final class EpochOpening {
    private static final Logger log = LoggerFactory.getLogger(EpochOpening.class);
    private static final int OUTBOX_PAGE = 1_000;
    private static final String INSTALLED = "INSTALLED";

    private final RedisClusterAsyncCommands<String, String> redis;
    private final Outbox outbox;
    private final LogPublisher publisher;
    private final FactWriter facts;
    private final LedgerView ledger;
    private final CodeLoader codes;
    private final LuaScript install = LuaScript.load(EpochOpening.class, "install.lua");
    private final Supplier<UUID> ids;
    private final Clock clock;

    EpochOpening(
            RedisClusterAsyncCommands<String, String> redis,
            Outbox outbox,
            LogPublisher publisher,
            FactWriter facts,
            LedgerView ledger,
            CodeLoader codes,
            Supplier<UUID> ids,
            Clock clock) {
        this.redis = redis;
        this.outbox = outbox;
        this.publisher = publisher;
        this.facts = facts;
        this.ledger = ledger;
        this.codes = codes;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Runs the procedure once.
     *
     * @param fence the replication id of the server, read before anything else
     * @param allCodes whether to write the codes anew also where Redis has as many as there are
     * @param progress is told whenever a part of the work is done
     * @return false where another epoch or another server has come in between, and it has to be looked at afresh
     */
    boolean open(Activity activity, String fence, boolean allCodes, Runnable progress) {
        UUID nonce = ids.get();
        Construction construction = new Construction(redis, new InventoryKeys(activity.activityId()), nonce.toString());
        boolean installed = false;
        try {
            installed = buildAndInstall(activity, fence, nonce, construction, allCodes, progress);
            return installed;
        } finally {
            if (!installed) {
                // The next attempt builds all of it once more: attempt by attempt Redis would fill up with copies.
                construction.discard();
            }
        }
    }

    private boolean buildAndInstall(
            Activity activity,
            String fence,
            UUID nonce,
            Construction construction,
            boolean allCodes,
            Runnable progress) {
        long begun = clock.millis();
        ActivityId id = activity.activityId();
        InventoryKeys keys = new InventoryKeys(id);
        // What needs MongoDB comes first: where it does not answer, the epoch that stands goes on.
        MemoryActivityAccount before = ledger.account(id);
        int known = before.stock();
        boolean newCodes = allCodes || lacksCodes(keys, known);
        if (newCodes) {
            codes.load(id, before, 0, known, construction::addCodes, progress);
        }

        republishOutbox(activity, progress);
        long epoch = append(activity, fence, nonce);
        progress.run();

        MemoryActivityAccount account = ledger.account(id);
        int stock = account.stock();
        if (stock > known && (newCodes || lacksCodes(keys, stock))) {
            codes.load(id, account, newCodes ? known : 0, stock, construction::addCodes, progress);
            newCodes = true;
        }
        int cursor = account.highestUsed() + 1;
        SnapshotWriter.Counts counts = SnapshotWriter.write(account, cursor, construction, progress);
        String answer = install(
                InventoryState.wanted(activity, fence, epoch, stock), keys, construction, cursor, newCodes, counts);
        log.info(
                "Opened an epoch; activityId={} epoch={} stock={} cursor={} answer={} millis={}",
                id,
                epoch,
                stock,
                cursor,
                answer,
                clock.millis() - begun);
        return answer.equals(INSTALLED);
    }

    /** @return its offset; from here on the ledger of this instance is at the epoch */
    private long append(Activity activity, String fence, UUID nonce) {
        // The verdict comes when this instance's own fold has passed the record.
        Judged opened = Waiting.await(
                facts.write(new EpochOpened(
                                nonce,
                                clock.millis(),
                                activity.activityId(),
                                nonce.toString(),
                                fence,
                                activity.limitPerUser()))
                        .toFuture(),
                "Opening an epoch in the log");
        return opened.offset();
    }

    /** Whatever is in the outbox may be a grab that somebody waits for; after the epoch it would be void. */
    private void republishOutbox(Activity activity, Runnable progress) {
        String after = null;
        do {
            Outbox.Page page =
                    Waiting.await(outbox.after(activity.activityId(), after, OUTBOX_PAGE), "Reading the outbox");
            CompletableFuture<?>[] appended = page.entries().stream()
                    .map(entry -> publisher.append(entry.event()))
                    .toArray(CompletableFuture[]::new);
            Waiting.await(CompletableFuture.allOf(appended), "Republishing the outbox");
            progress.run();
            after = page.next();
        } while (after != null);
    }

    /** Codes never change once imported: where Redis has as many as the stock, it has them all. */
    private boolean lacksCodes(InventoryKeys keys, int stock) {
        return Waiting.await(redis.hlen(keys.codes()), "Counting codes in Redis") != stock;
    }

    private String install(
            InventoryState wanted,
            InventoryKeys keys,
            Construction built,
            int cursor,
            boolean newCodes,
            SnapshotWriter.Counts counts) {
        String[] names = {
            keys.state(),
            keys.free(),
            keys.users(),
            keys.codes(),
            keys.outbox(),
            built.free(),
            built.users(),
            built.codes()
        };
        List<Object> answer = Waiting.await(
                install.run(
                        redis,
                        names,
                        wanted.fence(),
                        Long.toString(wanted.epoch()),
                        Integer.toString(cursor),
                        Integer.toString(wanted.stock()),
                        Long.toString(wanted.opens()),
                        Long.toString(wanted.closes()),
                        Integer.toString(wanted.limit()),
                        wanted.paused() ? "1" : "0",
                        newCodes ? "1" : "0",
                        Long.toString(wanted.version()),
                        Integer.toString(counts.free()),
                        Integer.toString(counts.users())),
                "Installing an epoch in Redis");
        return (String) answer.get(0);
    }
}
