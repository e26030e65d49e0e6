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
        prefixes = logins.stream().map(CompanyLogin::userPrefix).toList();
        for (int i = 0; i < prefixes.size(); i++) {
            for (int other = 0; other < prefixes.size(); other++) {
                // Two that are equal are two: anna of the one would be anna of the other.
                if (other != i && prefixes.get(other).startsWith(prefixes.get(i))) {
                    throw new CannotStartException(
                            ("dibs.jwt.issuers[%d] and [%d] have the user-prefixes '%s' and '%s':"
                                            + " users of one could have the names of the other's; where there are several"
                                            + " issuers, each needs a user-prefix, and none may begin with another")
                                    .formatted(i, other, prefixes.get(i), prefixes.get(other)));
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
