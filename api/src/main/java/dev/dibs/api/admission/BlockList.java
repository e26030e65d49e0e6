package dev.dibs.api.admission;

import dev.dibs.blocks.Block;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;

/** Who is blocked, in memory, and how the rule adds to it. Nothing here waits. */
public interface BlockList {

    /** The user's block, also where its end has passed; null where there is none. */
    Block ofUser(Fingerprint user);

    /** The block of an address with this hash, also where its end has passed; null where there is none. */
    Block ofAddress(String hash);

    /** Whether any address is blocked. */
    boolean hasAddresses();

    /** The rule blocks a user: here at once, on the others within a moment. */
    void punishUser(UserId user);

    /** The rule blocks an address. */
    void punishAddress(String hash);

    /** The rule was wrong about an address: it is shared. What an operator has blocked stays so. */
    void pardonAddress(String hash);
}
