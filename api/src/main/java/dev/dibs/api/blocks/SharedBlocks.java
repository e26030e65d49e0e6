package dev.dibs.api.blocks;

import dev.dibs.api.ApiProperties.Offence;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.admission.BlockList;
import dev.dibs.api.control.CompactedTable;
import dev.dibs.blocks.Block;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * The blocks of all instances, by what a grab knows of its user and its address. What the rule decides here counts here
 * at once, also while Kafka is away; the others learn of it through the topic.
 */
public final class SharedBlocks implements BlockList, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SharedBlocks.class);

    private final CompactedTable<Block> table;
    private final Offence rule;
    private final String instance;
    private final Clock clock;
    private final Map<Fingerprint, Block> users = new ConcurrentHashMap<>();
    private final Map<String, Block> addresses = new ConcurrentHashMap<>();
    private volatile boolean running;

    public SharedBlocks(CompactedTable<Block> table, Offence rule, String instance, Clock clock) {
        this.table = table;
        this.rule = rule;
        this.instance = instance;
        this.clock = clock;
        table.onChange(this::changed);
    }

    /** Waits until this instance knows whom the others have blocked: after a restart nobody shall slip through. */
    @Override
    public void start() {
        try {
            if (!table.awaitCaughtUp(CompactedTable.READ_WITHIN)) {
                throw new CannotStartException("Kafka does not answer at the address in dibs.kafka", null);
            }
            running = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the blocks were read", e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Right after the table. */
    @Override
    public int getPhase() {
        return table.getPhase() + 1;
    }

    private void changed(String key, Block now) {
        if (now != null) {
            put(now);
        } else {
            int colon = key.indexOf(':');
            String subject = key.substring(colon + 1);
            if (key.startsWith(Block.Kind.USER.label() + ":")) {
                users.remove(Fingerprint.of(subject));
            } else {
                addresses.remove(subject);
            }
        }
    }

    private void put(Block block) {
        if (block.kind() == Block.Kind.USER) {
            users.put(Fingerprint.of(block.subject()), block);
        } else {
            addresses.put(block.subject(), block);
        }
    }

    @Override
    public Block ofUser(Fingerprint user) {
        return users.get(user);
    }

    @Override
    public Block ofAddress(String hash) {
        return addresses.get(hash);
    }

    @Override
    public boolean hasAddresses() {
        return !addresses.isEmpty();
    }

    @Override
    public void punishUser(UserId user) {
        punish(Block.Kind.USER, user.value());
    }

    @Override
    public void punishAddress(String hash) {
        if (!hash.isEmpty()) {
            punish(Block.Kind.ADDRESS, hash);
        }
    }

    private void punish(Block.Kind kind, String subject) {
        long now = clock.millis();
        String reason =
                rule.refusals() + " grabs refused within " + rule.within().toSeconds() + " s";
        Block block = new Block(
                kind,
                subject,
                Block.Origin.RULE,
                instance,
                reason,
                now,
                now + rule.blockedFor().toMillis());
        put(block);
        log.info("Blocked by the rule; kind={} subject={} until={}", kind.label(), subject, block.until());
        table.put(block.key(), block).subscribe(done -> {}, error -> onlyHere(block, error));
    }

    /** The block holds on this instance. What has ended is let go of, because no table will say so. */
    private void onlyHere(Block block, Throwable error) {
        log.warn(
                "A block is known to this instance only; kind={} subject={} error={}",
                block.kind().label(),
                block.subject(),
                error.toString());
        long now = clock.millis();
        users.values().removeIf(known -> known.until() <= now);
        addresses.values().removeIf(known -> known.until() <= now);
    }

    @Override
    public void pardonAddress(String hash) {
        Block block = addresses.get(hash);
        if (block == null || block.origin() == Block.Origin.OPERATOR || !addresses.remove(hash, block)) {
            return;
        }
        log.info("Lifted by the rule, the address is shared; kind=address subject={}", hash);
        table.remove(block.key())
                .subscribe(
                        done -> {},
                        error -> log.warn(
                                "A block could not be lifted for the others; kind=address subject={} error={}",
                                hash,
                                error.toString()));
    }

    /** All blocks, by their keys. */
    Map<String, Block> all() {
        return table.all();
    }

    /** Blocks for all instances; completes once it is known here. */
    Mono<Block> block(Block block) {
        return table.put(block.key(), block).thenReturn(block);
    }

    /** Lifts the block for all instances. */
    Mono<Void> lift(Block block) {
        return table.remove(block.key());
    }
}
