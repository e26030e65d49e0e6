package dev.dibs.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Set;

/**
 * Sessions of tokens that have been verified, by the token itself: no two share an entry, and a forged one finds none.
 * Bounded by the memory that they take and not by their number, as a token may have anything from three hundred bytes to
 * sixteen thousand. What is counted is counted once, when a token comes in; to look one up costs what it does without.
 */
final class RememberedTokens {
    /** Of an entry, a session and their texts of bounded length, beside what is counted one by one. */
    private static final int BYTES_EACH = 512;
    /** Of a text, and its share of the set that it is in. */
    private static final int BYTES_PER_TEXT = 96;

    private final Cache<String, Session> sessions;

    /** @param maxBytes those that are asked for least give way to others beyond them */
    RememberedTokens(long maxBytes) {
        sessions = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String token, Session session) -> bytes(token, session))
                .executor(Runnable::run)
                .build();
    }

    /** Null where it is not known. */
    Session find(String token) {
        return sessions.getIfPresent(token);
    }

    void put(String token, Session session) {
        sessions.put(token, session);
    }

    void forget(String token) {
        sessions.invalidate(token);
    }

    /** What an entry takes in memory, and rather more than less. */
    static int bytes(String token, Session session) {
        Principal principal = session.principal();
        long bytes = BYTES_EACH + token.length() + bytes(principal.roles());
        for (Map.Entry<String, Set<String>> attribute : principal.attributes().entrySet()) {
            bytes += bytes(attribute.getKey()) + bytes(attribute.getValue());
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static long bytes(Set<String> texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += bytes(text);
        }
        return bytes;
    }

    private static long bytes(String text) {
        return BYTES_PER_TEXT + 2L * text.length();
    }
}
