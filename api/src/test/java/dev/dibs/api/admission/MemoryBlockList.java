package dev.dibs.api.admission;

import dev.dibs.blocks.Block;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The blocks of one instance alone. */
final class MemoryBlockList implements BlockList {
    private final Map<Fingerprint, Block> users = new HashMap<>();
    private final Map<String, Block> addresses = new HashMap<>();
    private final Clock clock;
    private final Duration blockedFor;

    MemoryBlockList(Clock clock, Duration blockedFor) {
        this.clock = clock;
        this.blockedFor = blockedFor;
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
        users.put(Fingerprint.of(user.value()), block(Block.Kind.USER, user.value(), Block.Origin.RULE));
    }

    @Override
    public void punishAddress(String hash) {
        addresses.put(hash, block(Block.Kind.ADDRESS, hash, Block.Origin.RULE));
    }

    @Override
    public void pardonAddress(String hash) {
        addresses.remove(hash);
    }

    void operatorBlocks(String hash) {
        addresses.put(hash, block(Block.Kind.ADDRESS, hash, Block.Origin.OPERATOR));
    }

    private Block block(Block.Kind kind, String subject, Block.Origin origin) {
        long now = clock.millis();
        return new Block(kind, subject, origin, "test", "", now, now + blockedFor.toMillis());
    }
}
