package dev.dibs.api.access;

import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.Set;

/**
 * The caller, as a valid token names it.
 *
 * @param fingerprint of the user id, kept here so that it is made once per token and not once per request
 */
public record Principal(UserId userId, Fingerprint fingerprint, Set<String> roles) {
    public Principal {
        roles = Set.copyOf(roles);
    }

    public static Principal of(UserId userId, Set<String> roles) {
        return new Principal(userId, Fingerprint.of(userId.value()), roles);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }
}
