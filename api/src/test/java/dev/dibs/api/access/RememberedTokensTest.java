package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
    /** As long as a request may be that has one. */
    private static final int LONGEST = 16_000;

    private static final Session SOMEBODY = session(0, Set.of(), Map.of());

    /** All of them until the end: what goes in the middle of the next measurement would be missing there. */
    private final List<RememberedTokens> measured = new ArrayList<>();

    @Test
    void aTokenIsFoundUntilItIsForgotten() {
        RememberedTokens tokens = new RememberedTokens(1 << 20);
        String token = token(1, 300);

        tokens.put(token, SOMEBODY);

        assertThat(tokens.find(token(1, 300))).isSameAs(SOMEBODY);
        assertThat(tokens.find(token(2, 300))).isNull();
        tokens.forget(token);
        assertThat(tokens.find(token)).isNull();
    }

    @Test
    void howeverLongTokensAreTheyTakeNoMoreThanTheBound() {
        int bound = 1 << 20;
        RememberedTokens tokens = new RememberedTokens(bound);
        List<String> all =
                IntStream.range(0, 1_000).mapToObj(i -> token(i, LONGEST)).toList();

        all.forEach(token -> tokens.put(token, SOMEBODY));

        List<String> remembered =
                all.stream().filter(token -> tokens.find(token) != null).toList();
        assertThat(remembered).isNotEmpty();
        assertThat(bytes(remembered)).isLessThanOrEqualTo(bound);
        // Without it: a thousand are few, and take fifteen times as much.
        assertThat(bytes(all)).isGreaterThan(15L * bound);
    }

    @Test
    void aHundredThousandOfDibssOwnTokensAreRemembered() {
        TestClock clock = new TestClock();
        Tokens issuer = new Tokens("a secret of more than thirty-two bytes", clock);
        String own = issuer.issue(new UserId("a-buyer-of-twenty-ch"), Set.of(), "0123456789abcdef", clock.millis());

        int bytes = RememberedTokens.bytes(own, SOMEBODY);

        assertThat(100_000L * bytes).isLessThan(Tokens.MAX_REMEMBERED_BYTES);
    }

    @Test
    void whatIsCountedIsNoLessThanWhatIsTaken() {
        isNoLess(20_000, 280, i -> session(i, Set.of(), Map.of()));
        isNoLess(2_000, LONGEST, i -> session(i, Set.of(), Map.of()));
        // As many roles as a token can name, and as many claims as are taken of one.
        isNoLess(100, LONGEST, i -> session(i, texts(i, 2_000), Map.of()));
        isNoLess(1_000, 4_000, i -> session(i, Set.of(), claims(i)));
    }

    private void isNoLess(int count, int length, IntFunction<Session> sessions) {
        RememberedTokens tokens = new RememberedTokens(Long.MAX_VALUE);
        measured.add(tokens);
        long counted = 0;
        long before = used();
        for (int i = 0; i < count; i++) {
            String token = token(i, length);
            Session session = sessions.apply(i);
            counted += RememberedTokens.bytes(token, session);
            tokens.put(token, session);
        }
        long taken = used() - before;

        assertThat(taken)
                .as("%d tokens of %d characters take %d bytes each", count, length, taken / count)
                .isLessThanOrEqualTo(counted);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long bytes(List<String> tokens) {
        return tokens.stream()
                .mapToLong(token -> RememberedTokens.bytes(token, SOMEBODY))
                .sum();
    }

    private static String token(int i, int length) {
        String name = Integer.toString(i);
        return name + "x".repeat(length - name.length());
    }

    /** With texts of its own, as a token that is read has them. */
    private static Session session(int i, Set<String> roles, Map<String, Set<String>> attributes) {
        Principal principal = Principal.of(new UserId("a-buyer-of-it-" + (100_000 + i)), roles, attributes);
        String login = "%016x".formatted(i);
        return new Session(principal, Session.keyOfLogin(login), 0, Long.MAX_VALUE, login);
    }

    private static Set<String> texts(int i, int count) {
        Set<String> texts = new HashSet<>();
        for (int j = 0; j < count; j++) {
            texts.add(j + "-" + i);
        }
        return Set.copyOf(texts);
    }

    private static Map<String, Set<String>> claims(int i) {
        Map<String, Set<String>> claims = new HashMap<>();
        for (String name : texts(i, 32)) {
            claims.put(name, texts(i, 1));
        }
        return claims;
    }
}
