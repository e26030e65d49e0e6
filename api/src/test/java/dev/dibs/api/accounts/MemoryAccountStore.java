package dev.dibs.api.accounts;

import dev.dibs.ids.UserId;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Accounts in memory, while it is not told to fail. */
final class MemoryAccountStore implements AccountStore {
    private record Token(String hash, Family family) {}

    private final Map<UserId, String> passwordHashes = new HashMap<>();
    private final Map<UserId, Map<String, Token>> families = new HashMap<>();
    private int callsUntilFailure = Integer.MAX_VALUE;

    void fail() {
        failAfter(0);
    }

    /** So many calls are answered, and none after them. */
    synchronized void failAfter(int calls) {
        callsUntilFailure = calls;
    }

    synchronized void recover() {
        callsUntilFailure = Integer.MAX_VALUE;
    }

    private synchronized <T> Mono<T> answer(java.util.function.Supplier<T> call) {
        return Mono.defer(() -> {
            synchronized (this) {
                if (callsUntilFailure == 0) {
                    return Mono.error(new IllegalStateException("away"));
                }
                callsUntilFailure--;
                return Mono.justOrEmpty(call.get());
            }
        });
    }

    @Override
    public Mono<Account> find(UserId userId) {
        return answer(() -> {
            if (!passwordHashes.containsKey(userId) && !families.containsKey(userId)) {
                return null;
            }
            Map<String, Family> families = new HashMap<>();
            of(userId).forEach((id, token) -> families.put(id, token.family));
            return new Account(userId, passwordHashes.get(userId), families);
        });
    }

    @Override
    public Mono<Boolean> create(UserId userId, String passwordHash, long createdAt) {
        return answer(() -> passwordHashes.putIfAbsent(userId, passwordHash) == null);
    }

    @Override
    public Mono<Void> addFamily(UserId userId, String id, Family family, String hash, Iterable<String> forgotten) {
        return answer(() -> {
            of(userId).put(id, new Token(hash, family));
            forgotten.forEach(of(userId)::remove);
            return null;
        });
    }

    @Override
    public Mono<Boolean> rotate(
            UserId userId, String family, String oldHash, String newHash, long now, long expiresAt) {
        return answer(() -> {
            Token token = of(userId).get(family);
            if (token == null || !token.hash.equals(oldHash) || token.family.expiresAt() <= now) {
                return false;
            }
            of(userId).put(family, new Token(newHash, new Family(expiresAt, token.family.place())));
            return true;
        });
    }

    @Override
    public Mono<Boolean> endFamily(UserId userId, String family) {
        return answer(() -> of(userId).remove(family) != null);
    }

    @Override
    public Mono<Void> endFamilies(UserId userId) {
        return answer(() -> {
            of(userId).clear();
            return null;
        });
    }

    private Map<String, Token> of(UserId userId) {
        return families.computeIfAbsent(userId, id -> new HashMap<>());
    }
}
