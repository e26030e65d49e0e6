package dev.dibs.api.blocks;

import dev.dibs.api.ApiProperties.Offence;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.admission.BlockList;
import dev.dibs.api.control.CompactedTable;
import dev.dibs.blocks.Block;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final Map<Fingerprint, Decisions> users = new ConcurrentHashMap<>();
    private final Map<String, Decisions> addresses = new ConcurrentHashMap<>();
    private volatile boolean running;

    /** What the rule and what an operator has decided about one subject, each null where there is nothing. */
    private record Decisions(Block rule, Block operator) {
        /** Null where nothing is left. */
        private static Decisions with(Decisions known, Block.Origin origin, Block now) {
            Block rule = origin == Block.Origin.RULE ? now : known == null ? null : known.rule;
            Block operator = origin == Block.Origin.OPERATOR ? now : known == null ? null : known.operator;
            return rule == null && operator == null ? null : new Decisions(rule, operator);
        }

        /** The operator's as long as it lasts: the rule lets go of an address that is shared. */
        private Block block(long now) {
            return rule == null || operator != null && operator.until() > now ? operator : rule;
        }

        private boolean isOver(long now) {
            return (rule == null || rule.until() <= now) && (operator == null || operator.until() <= now);
        }
    }

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
        // Of an earlier build what the rule had decided stands under an operator's key.
        Block.Origin origin = now == null ? Block.originOf(key) : now.origin();
        decided(origin, Block.kindOf(key), Block.subjectOf(key), now);
    }

    /** @param now null where it was lifted, or is over */
    private void decided(Block.Origin origin, Block.Kind kind, String subject, Block now) {
        if (kind == Block.Kind.USER) {
            users.compute(Fingerprint.of(subject), (user, known) -> Decisions.with(known, origin, now));
        } else {
            addresses.compute(subject, (hash, known) -> Decisions.with(known, origin, now));
        }
    }

    @Override
    public Block ofUser(Fingerprint user) {
        Decisions known = users.get(user);
        return known == null ? null : known.block(clock.millis());
    }

    @Override
    public Block ofAddress(String hash) {
        Decisions known = addresses.get(hash);
        return known == null ? null : known.block(clock.millis());
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
        decided(Block.Origin.RULE, kind, subject, block);
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
        users.values().removeIf(known -> known.isOver(now));
        addresses.values().removeIf(known -> known.isOver(now));
    }

    @Override
    public void pardonAddress(String hash) {
        Decisions known = addresses.get(hash);
        if (known == null || known.rule == null) {
            return;
        }
        boolean pardoned = known.operator == null
                ? addresses.remove(hash, known)
                : addresses.replace(hash, known, new Decisions(null, known.operator));
        if (!pardoned) {
            // Somebody else was faster, or it has been blocked anew.
            return;
        }
        log.info("Lifted by the rule, the address is shared; kind=address subject={}", hash);
        table.remove(known.rule.key())
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

    /** What is decided about a subject and not over, by its key, an operator's decision first. */
    Map<String, Block> about(Block.Kind kind, String subject) {
        long now = clock.millis();
        Map<String, Block> found = new LinkedHashMap<>();
        for (Block.Origin origin : List.of(Block.Origin.OPERATOR, Block.Origin.RULE)) {
            String key = Block.key(origin, kind, subject);
            Block block = table.find(key);
            if (block != null && block.until() > now) {
                found.put(key, block);
            }
        }
        return found;
    }

    /** Lifts the block under this key for all instances. */
    Mono<Void> lift(String key) {
        return table.remove(key);
    }
}
