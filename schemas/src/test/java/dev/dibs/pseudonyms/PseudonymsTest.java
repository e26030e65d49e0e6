package dev.dibs.pseudonyms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.ids.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PseudonymsTest {
    private static final String KEY = "only-for-tests-0123456789-0123456789";

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    /** Made with {@code printf alice | openssl dgst -sha256 -hmac "$KEY" -binary | head -c 16 | base64}. */
    @Test
    void aPseudonymIsWhatOthersCanComputeWithTheKey() {
        assertThat(pseudonyms.of(new UserId("alice"))).isEqualTo("owpOljCS57PDVslm2kbCUQ");
    }

    @Test
    void aBuyerHasOneAndNoTwoHaveTheSame() {
        assertThat(new Pseudonyms(KEY).of(new UserId("alice"))).isEqualTo(pseudonyms.of(new UserId("alice")));
        assertThat(pseudonyms.of(new UserId("alicf"))).isNotEqualTo(pseudonyms.of(new UserId("alice")));
    }

    @Test
    void withAnotherKeyEverybodyHasAnotherName() {
        assertThat(new Pseudonyms(KEY + "x").of(new UserId("alice"))).isNotEqualTo(pseudonyms.of(new UserId("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short-and-so-not-a-secret"})
    void aShortKeyIsRefusedWithoutBeingTold(String key) {
        assertThatThrownBy(() -> new Pseudonyms(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DIBS_PSEUDONYM_KEY")
                .hasMessageNotContaining("short-and-so");
    }

    @Test
    void theKeyIsNeverTold() {
        assertThat(pseudonyms).asString().doesNotContain(KEY);
    }
}
