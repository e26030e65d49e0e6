package dev.dibs.api.accounts;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Passwords of which as many wait as may, so that each further one is turned away, until they go on. */
final class BusyPasswords implements AutoCloseable {
    private static final String HELD_UP = "held up";
    /** Two threads, and one that waits for them. */
    private static final int FULL = 3;

    private final CountDownLatch free = new CountDownLatch(1);
    private final Passwords passwords = new Passwords(heldUp(Passwords.argon2id()), 1);
    private final List<CompletableFuture<String>> ahead = Stream.generate(
                    () -> passwords.hash(HELD_UP).toFuture())
            .limit(FULL)
            .toList();

    private PasswordEncoder heldUp(PasswordEncoder encoder) {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                if (HELD_UP.contentEquals(password)) {
                    try {
                        free.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return encoder.encode(password);
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                return encoder.matches(password, hash);
            }
        };
    }

    Passwords passwords() {
        return passwords;
    }

    void goOn() {
        free.countDown();
        ahead.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        free.countDown();
        passwords.close();
    }
}
