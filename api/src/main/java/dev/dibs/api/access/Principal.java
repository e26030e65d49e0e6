package dev.dibs.api.access;

import dev.dibs.activity.RequiredClaim;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The caller, as a valid token names it.
 *
 * @param fingerprint of the user id, kept here so that it is made once per token and not once per request
 * @param attributes what else the token says, by the name of the claim
 */
public record Principal(
        UserId userId, Fingerprint fingerprint, Set<String> roles, Map<String, Set<String>> attributes) {
    /** The operators' own account: nobody can register it, and no other login can name it. */
    public static final String ADMIN = "admin";

    public Principal {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    public static Principal of(UserId userId, Set<String> roles) {
        return of(userId, roles, Map.of());
    }

    public static Principal of(UserId userId, Set<String> roles, Map<String, Set<String>> attributes) {
        return new Principal(userId, Fingerprint.of(userId.value()), roles, attributes);
    }

    public boolean has(RequiredClaim claim) {
        Set<String> values = attributes.get(claim.name());
        return values != null && values.contains(claim.value());
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether the caller may take part in sales; see {@link Role}. */
    public boolean mayBuy() {
        return roles.isEmpty() || has(Role.BUYER) || Collections.disjoint(roles, Role.ALL);
    }
}
