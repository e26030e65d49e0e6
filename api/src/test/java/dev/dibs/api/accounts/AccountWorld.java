package dev.dibs.api.accounts;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.ApiProperties.CompanyLogin;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.ReservedNames;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.grab.AddressHash;
import dev.dibs.api.sessions.MemorySessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Accounts in memory, with real passwords and tokens. */
final class AccountWorld implements AutoCloseable {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    final TestClock clock = new TestClock();
    final MemoryAccountStore store = new MemoryAccountStore();
    final MemorySessions sessions = new MemorySessions();
    final Tokens tokens;
    private final AtomicInteger hashes = new AtomicInteger();
    private final Passwords passwords = new Passwords(counted(Passwords.argon2id()), 100);
    private ReservedNames reserved = ReservedNames.none();
    ApiProperties.Login limits = new ApiProperties.Login(30, 300, Duration.ofMinutes(5));

    AccountWorld() {
        KeyRing keys = new KeyRing(ApiProperties.Jwt.of(SECRET), clock);
        tokens = new Tokens(keys, sessions, Duration.ZERO, clock);
    }

    /** From now on another login gives its users names that begin so. */
    void reserve(String prefix) {
        CompanyLogin login = new CompanyLogin(
                "issuer", "dibs", "", "their secret of more than thirty-two bytes", "sub", prefix, "roles", List.of());
        reserved = new KeyRing(
                        new ApiProperties.Jwt(
                                SECRET, List.of(), "", "", Duration.ofSeconds(5), Duration.ZERO, List.of(login)),
                        clock)
                .reserved();
    }

    private PasswordEncoder counted(PasswordEncoder encoder) {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                hashes.incrementAndGet();
                return encoder.encode(password);
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                hashes.incrementAndGet();
                return encoder.matches(password, hash);
            }
        };
    }

    /** How many passwords are hashed by a call. */
    int hashesOf(Runnable call) {
        int before = hashes.get();
        call.run();
        return hashes.get() - before;
    }

    Accounts accounts() {
        return accounts("operators only");
    }

    Accounts accounts(String adminPassword) {
        return accounts(passwords, adminPassword);
    }

    Accounts accounts(Passwords others) {
        return accounts(others, "");
    }

    private Accounts accounts(Passwords hashing, String adminPassword) {
        return new Accounts(
                store,
                hashing,
                logins(adminPassword),
                new LoginThrottle(limits, clock),
                new Places(new AddressHash("salt")),
                reserved,
                adminPassword,
                clock);
    }

    Logins logins(String adminPassword) {
        return new Logins(store, tokens, sessions, sessions, adminPassword, Duration.ofSeconds(5), clock);
    }

    @Override
    public void close() {
        passwords.close();
    }
}
