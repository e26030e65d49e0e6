package dev.dibs.api.accounts;

import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Session;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.AccountStore.Family;
import dev.dibs.api.sessions.SessionEndings;
import dev.dibs.ids.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Logins from their beginning to their end. All access tokens of a login name its family of refresh tokens as their
 * session, so that both end together.
 */
final class Logins {
    private static final Logger log = LoggerFactory.getLogger(Logins.class);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
    /** Devices that one account can be logged in on; the oldest login ends with one more. */
    private static final int MAX_FAMILIES = 10;
    /** An ending outlives the last token: one may be on its way while the login ends, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final AccountStore store;
    private final Tokens tokens;
    private final Revocations revocations;
    private final SessionEndings endings;
    private final String adminPassword;
    private final Duration skew;
    private final Clock clock;

    /** @param skew by how much the clocks of instances may differ */
    Logins(
            AccountStore store,
            Tokens tokens,
            Revocations revocations,
            SessionEndings endings,
            String adminPassword,
            Duration skew,
            Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.revocations = revocations;
        this.endings = endings;
        this.adminPassword = adminPassword;
        this.skew = skew;
        this.clock = clock;
    }

    /** @param families that the account has already */
    Mono<AccountOutcome> begin(UserId userId, Map<String, Family> families, String place) {
        RefreshToken token = RefreshToken.newFamily(userId);
        long issuedAt = issuedAt(userId);
        Family family = new Family(clock.millis() + REFRESH_LIFETIME.toMillis(), place);
        return store.addFamily(userId, token.family(), family, token.hash(pepper(userId)), superfluous(families))
                .thenReturn(loggedIn(token, issuedAt, token.text()));
    }

    /** Where the store is away: a login that ends with its access token. */
    AccountOutcome withoutRefresh(UserId userId) {
        return loggedIn(RefreshToken.newFamily(userId), issuedAt(userId), "");
    }

    private List<String> superfluous(Map<String, Family> families) {
        List<String> newestFirst = new ArrayList<>(families.keySet());
        newestFirst.sort(
                Comparator.comparingLong((String id) -> families.get(id).expiresAt())
                        .reversed());
        long now = clock.millis();
        List<String> forgotten = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            if (i >= MAX_FAMILIES - 1 || families.get(newestFirst.get(i)).expiresAt() <= now) {
                forgotten.add(newestFirst.get(i));
            }
        }
        return forgotten;
    }

    Mono<AccountOutcome> goOn(RefreshToken old) {
        RefreshToken next = old.next();
        String pepper = pepper(old.userId());
        long now = clock.millis();
        // Before the store is asked: an ending of all sessions that is not known by now will find a token that is old
        // enough to end with them.
        long issuedAt = issuedAt(old.userId());
        return store.rotate(
                        old.userId(),
                        old.family(),
                        old.hash(pepper),
                        next.hash(pepper),
                        now,
                        now + REFRESH_LIFETIME.toMillis())
                .flatMap(rotated -> rotated ? Mono.just(loggedIn(next, issuedAt, next.text())) : reused(old));
    }

    /** Either the thief or the owner comes second: neither keeps anything (RFC 9700, section 4.14.2). */
    private Mono<AccountOutcome> reused(RefreshToken token) {
        return store.endFamily(token.userId(), token.family())
                // Whoever makes up a family has all instances remember nothing.
                .flatMap(ended -> ended ? endTokens(token) : Mono.empty())
                .onErrorResume(error -> {
                    log.warn(
                            "A stolen login may have access tokens until they expire; userId={} error={}",
                            token.userId(),
                            error.toString());
                    return Mono.empty();
                })
                .thenReturn(Plain.WRONG_CREDENTIALS);
    }

    private Mono<Void> endTokens(RefreshToken token) {
        return endings.end(Session.keyOfLogin(token.family()), lastOfLogin() + MARGIN.toMillis());
    }

    /**
     * Ends the login of the access token, and that of the refresh token, which is the same as a rule.
     *
     * @param session may have been ended before, by a call that is repeated
     * @return {@link StillRefreshableException} where the access tokens have been ended and the store does not answer
     */
    Mono<AccountOutcome> end(Session session, RefreshToken token) {
        boolean isAnother = token != null && (session == null || !token.family().equals(session.login()));
        Mono<Void> ofRefreshToken = isAnother ? end(token) : Mono.empty();
        Mono<Void> ofAccessToken = session == null ? Mono.empty() : end(session);
        return both(ofRefreshToken, ofAccessToken).thenReturn(Plain.LOGGED_OUT);
    }

    /** The family first: what is refreshed until it has ended is covered by the ending that is written then. */
    private Mono<Void> end(Session session) {
        Mono<Void> family = session.login() == null
                ? Mono.empty()
                : inStore(store.endFamily(session.principal().userId(), session.login()));
        return both(family, Mono.defer(() -> endings.end(session.key(), until(session))));
    }

    /** The tokens first: once the family has gone, a repeated call would take it for one that was made up. */
    private Mono<Void> end(RefreshToken token) {
        return store.find(token.userId())
                .filter(account -> account.families().containsKey(token.family()))
                .flatMap(account -> endTokens(token).then(inStore(store.endFamily(token.userId(), token.family()))));
    }

    private static Mono<Void> inStore(Mono<?> ending) {
        return ending.then().onErrorMap(StillRefreshableException::new);
    }

    /** The second also where the first fails: with the store away, nobody could be thrown out otherwise. */
    private static <T> Mono<T> both(Mono<Void> first, Mono<T> second) {
        return first.onErrorResume(error -> second.then(Mono.error(error))).then(second);
    }

    private long until(Session session) {
        long last = session.login() == null ? session.expiresAt() : Math.max(session.expiresAt(), lastOfLogin());
        // Others may issue tokens until the end of time.
        return Math.min(last, Long.MAX_VALUE - MARGIN.toMillis()) + MARGIN.toMillis();
    }

    private long lastOfLogin() {
        return clock.millis() + Tokens.LIFETIME.toMillis();
    }

    /**
     * Ends all sessions of a user, wherever their tokens come from.
     *
     * @return until when tokens must have been issued to be ended, epoch milliseconds; {@link StillRefreshableException}
     *     where they are and the store does not answer
     */
    Mono<Long> endAll(UserId userId) {
        Mono<Long> tokens = Mono.defer(() -> {
            long issuedUntil = clock.millis() + skew.toMillis();
            return endings.endAll(userId, issuedUntil).thenReturn(issuedUntil);
        });
        // The families first: none of them must be refreshed once the time has been set.
        return both(inStore(store.endFamilies(userId)), tokens);
    }

    /** Now, or later where all of the user's sessions have just been ended: this one has not. */
    private long issuedAt(UserId userId) {
        return Math.max(clock.millis(), revocations.endedUntil(userId) + 1_000);
    }

    private AccountOutcome loggedIn(RefreshToken token, long issuedAt, String refreshToken) {
        UserId userId = token.userId();
        Set<String> roles = userId.value().equals(Principal.ADMIN) ? Role.ALL : Set.of();
        String access = tokens.issue(userId, roles, token.family(), issuedAt);
        return new LoggedIn(access, Tokens.LIFETIME.toSeconds(), refreshToken);
    }

    /** With another admin password, the refresh tokens of the old one end. */
    private String pepper(UserId userId) {
        return userId.value().equals(Principal.ADMIN) ? adminPassword : "";
    }
}
