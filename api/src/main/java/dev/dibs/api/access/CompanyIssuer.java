package dev.dibs.api.access;

import dev.dibs.api.ApiProperties.CompanyLogin;
import dev.dibs.api.CannotStartException;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.Claims;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A login of others: believed about who its users are, and about no role but those that were agreed on. Nobody can make
 * themselves an operator there unless the configuration says so, nor pass for somebody who has registered here.
 */
final class CompanyIssuer implements Issuer {
    private final CompanyLogin login;
    private final Map<String, Set<String>> roles;

    /**
     * @param setting names the login's settings, for whoever has to mend them
     * @throws CannotStartException where one of them cannot be
     */
    CompanyIssuer(CompanyLogin login, String setting) {
        require(!login.issuer().isEmpty(), setting + ".issuer must say what the tokens have in iss");
        require(!login.audience().isEmpty(), setting + ".audience must say what the tokens have in aud for Dibs");
        require(!login.userClaim().isEmpty(), setting + ".user-claim must name a claim");
        require(
                login.userPrefix().isEmpty() || isUserId(login.userPrefix()),
                setting + ".user-prefix must be how a user id can begin: letters, digits and . _ @ -");
        this.login = login;
        this.roles = roles(login.roles(), setting);
    }

    private static Map<String, Set<String>> roles(List<String> agreed, String setting) {
        Map<String, Set<String>> roles = new HashMap<>();
        for (String entry : agreed) {
            int equals = entry.lastIndexOf('=');
            String theirs = (equals < 0 ? entry : entry.substring(0, equals)).trim();
            String ours = entry.substring(equals + 1).trim();
            require(
                    !theirs.isEmpty() && !ours.isEmpty(),
                    setting + ".roles must list names or theirs=ours, but has '" + entry + "'");
            roles.computeIfAbsent(theirs, role -> new HashSet<>()).add(ours);
        }
        return roles;
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new CannotStartException(complaint);
        }
    }

    private static boolean isUserId(String text) {
        try {
            return !new UserId(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Principal principal(Claims claims) {
        Issuer.check(claims, login.issuer(), login.audience());
        if (!(claim(claims, login.userClaim()) instanceof String user)) {
            throw new IllegalArgumentException("the token names no user in " + login.userClaim());
        }
        UserId userId = new UserId(login.userPrefix() + user);
        if (userId.value().equalsIgnoreCase(Principal.ADMIN)) {
            throw new IllegalArgumentException("the operators' own account logs in here and nowhere else");
        }
        return Principal.of(userId, taken(claim(claims, login.rolesClaim())), TokenAttributes.of(claims));
    }

    private Set<String> taken(Object claim) {
        Collection<?> theirs = List.of();
        if (claim instanceof Collection<?> values) {
            theirs = values;
        } else if (claim instanceof String words) {
            theirs = List.of(words.split(" "));
        }
        Set<String> taken = new HashSet<>();
        for (Object role : theirs) {
            if (role instanceof String name) {
                taken.addAll(roles.getOrDefault(name, Set.of()));
            }
        }
        return taken;
    }

    /** A claim of just this name, which may be a URL, else what the name leads to: {@code realm_access.roles}. */
    private static Object claim(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object found = claims;
        for (String step : name.split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found;
    }

    /** Its sessions are its own business; here each of its tokens is ended for itself. */
    @Override
    public String session(Claims claims) {
        return null;
    }
}
