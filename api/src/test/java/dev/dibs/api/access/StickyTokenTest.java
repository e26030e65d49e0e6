package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** nginx keeps a user with one instance by what it finds in the token: it must find it in the tokens there are. */
class StickyTokenTest {
    private final TestClock clock = new TestClock();
    private final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", clock);
    private final Pattern user = configured();

    private static Pattern configured() {
        try {
            String nginx = Files.readString(Path.of("../docker/nginx.conf"));
            Matcher line = Pattern.compile("\"~\\*(\\^bearer.*)\" \\$who;").matcher(nginx);
            assertThat(line.find()).isTrue();
            return Pattern.compile(line.group(1), Pattern.CASE_INSENSITIVE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String key(String name) {
        Matcher token = user.matcher("Bearer " + tokens.issue(new UserId(name), Set.of(Role.OPERATOR, "buyer")));
        assertThat(token.find()).as(name).isTrue();
        return token.group("who");
    }

    @Test
    void aRefreshedTokenLeadsToTheSameInstanceAndAnotherUsersToItsOwn() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String name = "u" + "x".repeat(i) + i;
            String before = key(name);
            clock.goOn(Duration.ofSeconds(911 + 13L * i));

            assertThat(key(name)).isEqualTo(before);
            keys.add(before);
        }
        IntStream.range(0, 50).forEach(i -> keys.add(key("buyer-" + i)));
        assertThat(keys).hasSize(100);
    }
}
