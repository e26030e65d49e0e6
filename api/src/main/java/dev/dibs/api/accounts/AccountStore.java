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
     * @param families of refresh tokens, by their ids: the logins that are still good
     */
    record Account(UserId userId, String passwordHash, Map<String, Family> families) {
        public Account {
            families = Map.copyOf(families);
        }

        /** Whether a login from this place is still good. */
        boolean isKnownAt(String place) {
            return !place.isEmpty() && families.values().stream().anyMatch(family -> family.place.equals(place));
        }
    }

    /**
     * A login and all that has been refreshed from it.
     *
     * @param expiresAt epoch milliseconds
     * @param place a hash of where it came from; empty where that was not known
     */
    record Family(long expiresAt, String place) {}

    Mono<Account> find(UserId userId);

    /** @return false where there is such an account already */
    Mono<Boolean> create(UserId userId, String passwordHash, long createdAt);

    /**
     * Stores a login's first refresh token; makes the account where there is none.
     *
     * @param forgotten families that end with this
     */
    Mono<Void> addFamily(UserId userId, String id, Family family, String hash, Iterable<String> forgotten);

    /**
     * Replaces a refresh token, if it is the latest of its family and has not expired. Of several at one time, one
     * succeeds.
     */
    Mono<Boolean> rotate(UserId userId, String family, String oldHash, String newHash, long now, long expiresAt);

    /**
     * Ends a family: none of its refresh tokens is good any more.
     *
     * @return false where there is no such family
     */
    Mono<Boolean> endFamily(UserId userId, String family);

    /** Ends all families of a user. */
    Mono<Void> endFamilies(UserId userId);
}
