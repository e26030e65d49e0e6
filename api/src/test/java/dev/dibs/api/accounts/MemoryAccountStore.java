package dev.dibs.api.accounts;

import dev.dibs.ids.UserId;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Accounts in memory, until it is told to fail. */
final class MemoryAccountStore implements AccountStore {
    private record Token(String hash, long expiresAt) {}

    private final Map<UserId, String> passwordHashes = new HashMap<>();
    private final Map<UserId, Map<String, Token>> families = new HashMap<>();
    private boolean failing;

    void fail() {
        failing = true;
    }

    private synchronized <T> Mono<T> answer(java.util.function.Supplier<T> call) {
        return Mono.defer(() -> {
            synchronized (this) {
                return failing ? Mono.error(new IllegalStateException("away")) : Mono.justOrEmpty(call.get());
            }
        });
    }

    @Override
    public Mono<Account> find(UserId userId) {
        return answer(() -> {
            if (!passwordHashes.containsKey(userId) && !families.containsKey(userId)) {
                return null;
            }
            Map<String, Long> ends = new HashMap<>();
            of(userId).forEach((family, token) -> ends.put(family, token.expiresAt));
            return new Account(userId, passwordHashes.get(userId), ends);
        });
    }

    @Override
    public Mono<Boolean> create(UserId userId, String passwordHash, long createdAt) {
        return answer(() -> passwordHashes.putIfAbsent(userId, passwordHash) == null);
    }

    @Override
    public Mono<Void> addFamily(UserId userId, String family, String hash, long expiresAt, Iterable<String> forgotten) {
        return answer(() -> {
            of(userId).put(family, new Token(hash, expiresAt));
            forgotten.forEach(of(userId)::remove);
            return null;
        });
    }

    @Override
    public Mono<Boolean> rotate(
            UserId userId, String family, String oldHash, String newHash, long now, long expiresAt) {
        return answer(() -> {
            Token token = of(userId).get(family);
            if (token == null || !token.hash.equals(oldHash) || token.expiresAt <= now) {
                return false;
            }
            of(userId).put(family, new Token(newHash, expiresAt));
            return true;
        });
    }

    @Override
    public Mono<Void> endFamily(UserId userId, String family) {
        return answer(() -> {
            of(userId).remove(family);
            return null;
        });
    }

    private Map<String, Token> of(UserId userId) {
        return families.computeIfAbsent(userId, id -> new HashMap<>());
    }
}
