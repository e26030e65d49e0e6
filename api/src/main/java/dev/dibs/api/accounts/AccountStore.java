package dev.dibs.api.accounts;

import dev.dibs.ids.UserId;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Where accounts are kept. Errors mean that the store does not answer; every call ends in bounded time. */
interface AccountStore {

    /**
     * An account as it is stored.
     *
     * @param passwordHash null for the operators' account, whose password is configured
     * @param families when each family of refresh tokens ends, epoch milliseconds
     */
    record Account(UserId userId, String passwordHash, Map<String, Long> families) {
        public Account {
            families = Map.copyOf(families);
        }
    }

    Mono<Account> find(UserId userId);

    /** @return false where there is such an account already */
    Mono<Boolean> create(UserId userId, String passwordHash, long createdAt);

    /**
     * Stores a login's first refresh token; makes the account where there is none.
     *
     * @param expiresAt epoch milliseconds
     * @param forgotten families that end with this
     */
    Mono<Void> addFamily(UserId userId, String family, String hash, long expiresAt, Iterable<String> forgotten);

    /**
     * Replaces a refresh token, if it is the latest of its family and has not expired. Of several at one time, one
     * succeeds.
     */
    Mono<Boolean> rotate(UserId userId, String family, String oldHash, String newHash, long now, long expiresAt);

    /** Ends a family: none of its refresh tokens is good any more. */
    Mono<Void> endFamily(UserId userId, String family);
}
