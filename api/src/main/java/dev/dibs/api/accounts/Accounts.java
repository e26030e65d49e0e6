package dev.dibs.api.accounts;

import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.LoggedIn;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.AccountStore.Account;
import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Registration, login and refresh. Each answers with a value, never with an error, and in bounded time. */
public final class Accounts {
    /** The operators' account; its password is configured, and nobody can register it. */
    public static final String ADMIN = "admin";

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);
    private static final UserId ADMIN_ID = new UserId(ADMIN);
    private static final int MIN_ACCOUNT = 3;
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 128;
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
    /** Devices that one account can be logged in on; the oldest login ends with one more. */
    private static final int MAX_FAMILIES = 10;

    private final AccountStore store;
    private final Passwords passwords;
    private final Tokens tokens;
    private final String adminPassword;
    private final Clock clock;

    /** @param adminPassword empty where operators cannot log in */
    Accounts(AccountStore store, Passwords passwords, Tokens tokens, String adminPassword, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.tokens = tokens;
        this.adminPassword = adminPassword;
        this.clock = clock;
    }

    /** Makes an account and logs in. */
    public Mono<AccountOutcome> register(String account, String password) {
        UserId userId = userId(account);
        if (userId == null) {
            return badParameter("account must have 3 to 64 characters, letters, digits and . _ @ - only,"
                    + " the first a letter or digit");
        }
        int length = password.codePointCount(0, password.length());
        if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
            return badParameter("password must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
        }
        if (account.equalsIgnoreCase(ADMIN)) {
            return taken();
        }
        return bounded(store.find(userId)
                .hasElement()
                // Asked first only to save the hash; that there is one account of a name is up to create.
                .flatMap(exists -> exists
                        ? taken()
                        : passwords
                                .hash(password)
                                .flatMap(hash -> store.create(userId, hash, clock.millis()))
                                .flatMap(created -> created ? loggedIn(userId, Map.of()) : taken())));
    }

    /** Logs in. */
    public Mono<AccountOutcome> login(String account, String password) {
        if (account.equals(ADMIN)) {
            return bounded(loginAdmin(password));
        }
        UserId userId = userId(account);
        if (userId == null || password.length() > 2 * MAX_PASSWORD) {
            return Mono.just(Plain.WRONG_CREDENTIALS);
        }
        return bounded(store.find(userId)
                .switchIfEmpty(Mono.just(new Account(userId, null, Map.of())))
                .flatMap(found -> passwords
                        .matches(password, found.passwordHash())
                        .flatMap(right ->
                                right ? loggedIn(userId, found.families()) : Mono.just(Plain.WRONG_CREDENTIALS))));
    }

    private Mono<AccountOutcome> loginAdmin(String password) {
        if (!isAdminPassword(password)) {
            return Mono.just(Plain.WRONG_CREDENTIALS);
        }
        return store.find(ADMIN_ID)
                .map(Account::families)
                .defaultIfEmpty(Map.of())
                .flatMap(families -> loggedIn(ADMIN_ID, families))
                // Operators must be able to pause a sale while MongoDB is away; they just cannot refresh.
                .onErrorResume(error -> {
                    log.warn("No refresh token for the operator; userId={} error={}", ADMIN, error.toString());
                    return Mono.just(outcome(ADMIN_ID, ""));
                });
    }

    private boolean isAdminPassword(String password) {
        byte[] given = password.getBytes(StandardCharsets.UTF_8);
        byte[] right = adminPassword.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, right) && !adminPassword.isEmpty();
    }

    /** Changes a refresh token for new tokens. One that has been used before ends the whole login it comes from. */
    public Mono<AccountOutcome> refresh(String refreshToken) {
        RefreshToken old = RefreshToken.parse(refreshToken).orElse(null);
        if (old == null || old.userId().equals(ADMIN_ID) && adminPassword.isEmpty()) {
            return Mono.just(Plain.WRONG_CREDENTIALS);
        }
        RefreshToken next = old.next();
        String pepper = pepper(old.userId());
        long now = clock.millis();
        return bounded(store.rotate(
                        old.userId(),
                        old.family(),
                        old.hash(pepper),
                        next.hash(pepper),
                        now,
                        now + REFRESH_LIFETIME.toMillis())
                .flatMap(rotated -> rotated
                        ? Mono.just(outcome(next.userId(), next.text()))
                        // Either the thief or the owner comes second: neither keeps anything (RFC 9700, section
                        // 4.14.2).
                        : store.endFamily(old.userId(), old.family()).thenReturn(Plain.WRONG_CREDENTIALS)));
    }

    private Mono<AccountOutcome> loggedIn(UserId userId, Map<String, Long> families) {
        RefreshToken token = RefreshToken.newFamily(userId);
        long expiresAt = clock.millis() + REFRESH_LIFETIME.toMillis();
        return store.addFamily(userId, token.family(), token.hash(pepper(userId)), expiresAt, superfluous(families))
                .thenReturn(outcome(userId, token.text()));
    }

    private List<String> superfluous(Map<String, Long> families) {
        List<String> newestFirst = new ArrayList<>(families.keySet());
        newestFirst.sort((a, b) -> Long.compare(families.get(b), families.get(a)));
        long now = clock.millis();
        List<String> forgotten = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            if (i >= MAX_FAMILIES - 1 || families.get(newestFirst.get(i)) <= now) {
                forgotten.add(newestFirst.get(i));
            }
        }
        return forgotten;
    }

    /** With another admin password, the refresh tokens of the old one end. */
    private String pepper(UserId userId) {
        return userId.equals(ADMIN_ID) ? adminPassword : "";
    }

    private AccountOutcome outcome(UserId userId, String refreshToken) {
        Set<String> roles = userId.equals(ADMIN_ID) ? Role.ALL : Set.of();
        return new LoggedIn(tokens.issue(userId, roles), Tokens.LIFETIME.toSeconds(), refreshToken);
    }

    private static UserId userId(String account) {
        try {
            return account.length() < MIN_ACCOUNT ? null : new UserId(account);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Mono<AccountOutcome> taken() {
        return badParameter("account must be one that nobody has yet");
    }

    private static Mono<AccountOutcome> badParameter(String message) {
        return Mono.just(new BadParameter(message));
    }

    private static Mono<AccountOutcome> bounded(Mono<AccountOutcome> outcome) {
        return outcome.onErrorResume(error -> {
            log.error("Accounts are not available; error={}", error.toString());
            return Mono.just(Plain.UNAVAILABLE);
        });
    }
}
