package dev.dibs.api.access;

import dev.dibs.api.ApiProperties.CompanyLogin;
import dev.dibs.api.CannotStartException;
import java.util.List;

/**
 * Names of users that another login gives out. Whoever registers here must not get one of them: they would be that
 * other user, and see their tickets.
 */
public final class ReservedNames {
    private final List<String> prefixes;

    /** @throws CannotStartException where two logins could give two people the same name */
    ReservedNames(List<CompanyLogin> logins) {
        prefixes = logins.stream().map(CompanyLogin::userPrefix).distinct().toList();
        for (String prefix : prefixes) {
            for (String other : prefixes) {
                if (!prefix.equals(other) && other.startsWith(prefix)) {
                    throw new CannotStartException("dibs.jwt.issuers have the prefixes '" + prefix + "' and '" + other
                            + "': users of one could have the names of the other's; none may begin with another");
                }
            }
        }
    }

    /** Where no other login is configured. */
    public static ReservedNames none() {
        return new ReservedNames(List.of());
    }

    /** Whether nobody may register or log in here under this name. */
    public boolean contains(String account) {
        return !account.equals(Principal.ADMIN) && prefixes.stream().anyMatch(account::startsWith);
    }
}
