package dev.dibs.api.accounts;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes and checks passwords with Argon2id, on a few threads of its own: each hash takes tens of milliseconds of a
 * core, which neither an event loop nor a sale on the same machine can spare without a bound.
 */
final class Passwords implements AutoCloseable {
    /** RFC 9106 with the parameters that OWASP's Password Storage Cheat Sheet recommends as a minimum. */
    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;

    private static final int THREADS = 2;
    /** About three seconds of work. */
    private static final int MAX_WAITING = 100;

    private final PasswordEncoder encoder;
    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;
    /** Of no password that anybody has; checked where there is no account, so that this takes as long. */
    private final String nobodysHash;

    Passwords() {
        this(argon2id(), MAX_WAITING);
    }

    static PasswordEncoder argon2id() {
        return new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, ITERATIONS);
    }

    /** @param maxWaiting passwords that may wait for a thread; further ones are turned away */
    Passwords(PasswordEncoder encoder, int maxWaiting) {
        this.encoder = encoder;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), task -> {
                    Thread thread = new Thread(task, "password");
                    thread.setDaemon(true);
                    return thread;
                });
        scheduler = Schedulers.fromExecutorService(threads, "password");
        // Made now: made for the first unknown account, it would make that one answer take twice as long.
        nobodysHash = encoder.encode("nobody has this password");
    }

    /** @return {@link java.util.concurrent.RejectedExecutionException} where too many wait already */
    Mono<String> hash(String password) {
        return Mono.fromCallable(() -> encoder.encode(password)).subscribeOn(scheduler);
    }

    /**
     * @param hash null where there is no such account
     * @return {@link java.util.concurrent.RejectedExecutionException} where too many wait already
     */
    Mono<Boolean> matches(String password, String hash) {
        if (hash == null) {
            return check(password, nobodysHash).thenReturn(false);
        }
        return check(password, hash);
    }

    private Mono<Boolean> check(String password, String hash) {
        return Mono.fromCallable(() -> encoder.matches(password, hash)).subscribeOn(scheduler);
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }
}
