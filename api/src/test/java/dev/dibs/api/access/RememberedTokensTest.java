package dev.dibs.api.access;

import static dev.dibs.api.access.TokensInMemory.LONGEST;
import static dev.dibs.api.access.TokensInMemory.session;
import static dev.dibs.api.access.TokensInMemory.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {
    private static final Session SOMEBODY = session(0, Set.of(), Map.of());

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
    void whatIsCountedIsNoLessThanWhatIsTaken() throws IOException, InterruptedException {
        List<TokensInMemory.Memory> measured = TokensInMemory.measure();

        assertThat(measured)
                .hasSize(4)
                .allSatisfy(memory -> assertThat(memory.taken()).isLessThanOrEqualTo(memory.counted()))
                // Their characters alone: it was tokens that were measured.
                .allSatisfy(
                        memory -> assertThat(memory.taken()).isGreaterThan((long) memory.count() * memory.length()));
    }

    private static long bytes(List<String> tokens) {
        return tokens.stream()
                .mapToLong(token -> RememberedTokens.bytes(token, SOMEBODY))
                .sum();
    }
}
