package dev.dibs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    void namesTheUserAndTheEnd() {
        String[] parts = new Tokens("k".repeat(32), Instant.ofEpochSecond(2_000_000_000))
                .of("user7")
                .split("\\.");

        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"sub\":\"user7\"", "\"roles\":[]", "\"exp\":2000000000");
    }

    @Test
    void refusesAShortKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tokens("short", Instant.now()))
                .withMessageContaining("32 bytes");
    }
}
