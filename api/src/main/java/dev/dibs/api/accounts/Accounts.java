package dev.dibs.api.accounts;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.ReservedNames;
import dev.dibs.api.access.Session;
import dev.dibs.api.accounts.AccountOutcome.BadParameter;
import dev.dibs.api.accounts.AccountOutcome.Plain;
import dev.dibs.api.accounts.AccountOutcome.TooManyAttempts;
import dev.dibs.api.accounts.AccountStore.Account;
import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Registration, login, refresh and logout. Each answers with a value, never with an error, and in bounded time. */
public final class Accounts {
    /** The operators' account; its password is configured, and nobody can register it. */
    public static final String ADMIN = Principal.ADMIN;

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);
    private static final UserId ADMIN_ID = new UserId(ADMIN);
    private static final int MIN_ACCOUNT = 3;
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 128;

    private final OccasionalWarning unavailable = new OccasionalWarning(log);
    private final AccountStore store;
    private final Passwords passwords;
    private final Logins logins;
    private final LoginThrottle throttle;
    private final Places places;
    private final ReservedNames reserved;
    private final String adminPassword;
    private final Clock clock;

    /** @param adminPassword empty where operators cannot log in */
    Accounts(
            AccountStore store,
            Passwords passwords,
            Logins logins,
            LoginThrottle throttle,
            Places places,
            ReservedNames reserved,
            String adminPassword,
            Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.logins = logins;
        this.throttle = throttle;
        this.places = places;
        this.reserved = reserved;
        this.adminPassword = adminPassword;
        this.clock = clock;
    }

    /**
     * Makes an account and logs in.
     *
     * @param address where the request comes from
     */
    public Mono<AccountOutcome> register(String account, String password, String address) {
        UserId userId = userId(account);
        if (userId == null) {
            return badParameter("account must have 3 to 64 characters, letters, digits and . _ @ - only,"
                    + " the first a letter or digit");
        }
        int length = password.codePointCount(0, password.length());
        if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
            return badParameter("password must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
        }
        String place = places.of(address);
        long wait = throttle.fromPlace(place);
        if (wait > 0) {
            return Mono.just(new TooManyAttempts(wait));
        }
        if (account.equalsIgnoreCase(ADMIN) || reserved.contains(account)) {
            return taken();
        }
        return bounded(store.find(userId)
                .hasElement()
                // Asked first only to save the hash; that there is one account of a name is up to create.
                .flatMap(exists -> exists
                        ? Mono.just(false)
                        : passwords.hash(password).flatMap(hash -> store.create(userId, hash, clock.millis())))
                // An account that has been made counts, whatever becomes of its first login.
                .doOnError(error -> throttle.giveBack(place))
                .flatMap(created -> created ? logins.begin(userId, Map.of(), place) : taken()));
    }

    /**
     * Logs in.
     *
     * @param address where the request comes from
     */
    public Mono<AccountOutcome> login(String account, String password, String address) {
        String place = places.of(address);
        long wait = throttle.fromPlace(place);
        if (wait > 0) {
            return Mono.just(new TooManyAttempts(wait));
        }
        UserId userId = userId(account);
        if (userId == null || password.length() > 2 * MAX_PASSWORD) {
            return Mono.just(Plain.WRONG_CREDENTIALS);
        }
        return bounded(
                userId.equals(ADMIN_ID)
                        ? loginAdmin(password, place)
                        : store.find(userId)
                                .doOnError(error -> throttle.giveBack(place))
                                .switchIfEmpty(Mono.just(nobody(userId)))
                                .flatMap(found -> attempt(found, place, passwords.matches(password, hash(found)))));
    }

    private static Account nobody(UserId userId) {
        return new Account(userId, null, Map.of());
    }

    /** A name that another login gives out is not an account's, even where somebody registered it before. */
    private String hash(Account account) {
        return reserved.contains(account.userId().value()) ? null : account.passwordHash();
    }

    /** @param isRight only asked for once the attempt may be made */
    private Mono<AccountOutcome> attempt(Account account, String place, Mono<Boolean> isRight) {
        return attempt(
                account, place, isRight, Mono.defer(() -> logins.begin(account.userId(), account.families(), place)));
    }

    private Mono<AccountOutcome> attempt(
            Account account, String place, Mono<Boolean> isRight, Mono<AccountOutcome> login) {
        boolean isKnown = account.isKnownAt(place);
        long wait = throttle.forAccount(account.userId(), place, isKnown);
        if (wait > 0) {
            return Mono.just(new TooManyAttempts(wait));
        }
        Runnable giveBack = () -> throttle.giveBack(account.userId(), place, isKnown);
        return isRight.doOnError(error -> giveBack.run()).flatMap(right -> {
            if (!right) {
                return Mono.just(Plain.WRONG_CREDENTIALS);
            }
            giveBack.run();
            return login;
        });
    }

    /** Operators must be able to pause a sale while MongoDB is away; they just cannot refresh. */
    private Mono<AccountOutcome> loginAdmin(String password, String place) {
        Mono<Boolean> isRight = Mono.fromSupplier(() -> isAdminPassword(password));
        Mono<AccountOutcome> withoutRefresh = Mono.fromSupplier(() -> logins.withoutRefresh(ADMIN_ID));
        return store.find(ADMIN_ID)
                .defaultIfEmpty(nobody(ADMIN_ID))
                .map(Optional::of)
                .onErrorResume(error -> withoutStore(error).thenReturn(Optional.empty()))
                .flatMap(found -> found.map(account -> attempt(
                                account,
                                place,
                                isRight,
                                Mono.defer(() -> logins.begin(ADMIN_ID, account.families(), place))
                                        .onErrorResume(
                                                error -> withoutStore(error).then(withoutRefresh))))
                        .orElseGet(() -> attempt(nobody(ADMIN_ID), place, isRight, withoutRefresh)));
    }

    private static Mono<Void> withoutStore(Throwable error) {
        log.warn("No refresh token for the operator; userId={} error={}", ADMIN, error.toString());
        return Mono.empty();
    }

    private boolean isAdminPassword(String password) {
        byte[] given = password.getBytes(StandardCharsets.UTF_8);
        byte[] right = adminPassword.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, right) && !adminPassword.isEmpty();
    }

    /** Changes a refresh token for new tokens. One that has been used before ends the whole login it comes from. */
    public Mono<AccountOutcome> refresh(String refreshToken) {
        RefreshToken token = RefreshToken.parse(refreshToken).orElse(null);
        boolean isNobodys = token == null
                || token.userId().equals(ADMIN_ID) && adminPassword.isEmpty()
                || reserved.contains(token.userId().value());
        return isNobodys ? Mono.just(Plain.WRONG_CREDENTIALS) : bounded(logins.goOn(token));
    }

    /**
     * Ends a login: its access tokens on all instances, and its refresh token.
     *
     * @param session of the access token that came with the request, null where it has none that is valid or was until it
     *     was ended
     * @param refreshToken null where the request has none
     */
    public Mono<AccountOutcome> logout(Session session, String refreshToken) {
        RefreshToken token =
                refreshToken == null ? null : RefreshToken.parse(refreshToken).orElse(null);
        if (session == null && token == null) {
            return Mono.just(Plain.WRONG_CREDENTIALS);
        }
        if (session != null
                && token != null
                && !token.userId().equals(session.principal().userId())) {
            return badParameter("refresh_token must belong to the same user as the access token");
        }
        return bounded(logins.end(session, token).onErrorResume(StillRefreshableException.class, error -> {
            unavailable.occurred("A login has ended but for its refresh token;", error);
            return Mono.just(Plain.STILL_REFRESHABLE);
        }));
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

    private Mono<AccountOutcome> bounded(Mono<AccountOutcome> outcome) {
        return outcome.onErrorResume(error -> {
            unavailable.occurred("Accounts are not available;", error);
            return Mono.just(Plain.UNAVAILABLE);
        });
    }
}
