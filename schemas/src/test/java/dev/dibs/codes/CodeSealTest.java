package dev.dibs.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.ids.ActivityId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSealTest {
    private static final ActivityId MOVIE = new ActivityId("movie");
    private static final ActivityId CONCERT = new ActivityId("concert");
    private static final String OLD = "an-old-secret-of-more-than-32-characters";
    private static final String NEW = "a-new-secret-of-more-than-32-characters";
    private static final String JWT = "the-secret-of-the-tokens-of-32-characters";

    private final CodeSeal seal = new CodeSeal(CodeSecrets.of(List.of(), "", JWT));

    @ParameterizedTest
    @ValueSource(strings = {"A", "MNP-X3GQ-SV8N-DE3Q", "电影之夜", "=1+1", "sealed:jwt:x"})
    void whatIsSealedIsOpenedAndCannotBeReadMeanwhile(String code) {
        String stored = seal.seal(MOVIE, code);

        assertThat(CodeSeal.isSealed(stored)).isTrue();
        assertThat(seal.open(MOVIE, stored)).isEqualTo(code);
        if (code.length() > 1) {
            assertThat(stored.substring(" sealed:jwt:".length())).doesNotContain(code);
        }
    }

    @Test
    void theSameCodeIsNeverSealedTheSameWayTwice() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            sealed.add(seal.seal(MOVIE, "CODE"));
        }

        assertThat(sealed).hasSize(1_000);
    }

    @Test
    void aCodeOfATimeWithoutASealIsReadAsItIs() {
        assertThat(seal.open(MOVIE, "CODE-1")).isEqualTo("CODE-1");
        assertThat(seal.open(MOVIE, null)).isNull();
    }

    @Test
    void aSealedCodeIsOfNoUseInAnotherActivity() {
        String stored = seal.seal(MOVIE, "CODE-1");

        assertThatThrownBy(() -> seal.open(CONCERT, stored))
                .isInstanceOf(UnreadableCodeException.class)
                .hasMessageContaining("concert");
    }

    @Test
    void everyChangeOfAByteIsNoticed() {
        // So long that Base64 has no bits to spare: those would be nobody's.
        String stored = seal.seal(MOVIE, "CODE-123");

        for (int i = " sealed:".length(); i < stored.length(); i++) {
            char other = stored.charAt(i) == 'x' ? 'y' : 'x';
            String changed = stored.substring(0, i) + other + stored.substring(i + 1);
            assertThatThrownBy(() -> seal.open(MOVIE, changed))
                    .as("character %d", i)
                    .isInstanceOf(UnreadableCodeException.class)
                    .hasMessageNotContaining("CODE-123");
        }
        assertThatThrownBy(() -> seal.open(MOVIE, " sealed:jwt:AAAA")).isInstanceOf(UnreadableCodeException.class);
        assertThatThrownBy(() -> seal.open(MOVIE, " sealed:")).isInstanceOf(UnreadableCodeException.class);
    }

    @Test
    void theFirstKeyWritesAndAllRead() {
        CodeSeal before = new CodeSeal(CodeSecrets.of(List.of("2025:" + OLD), "", JWT));
        CodeSeal rotating = new CodeSeal(CodeSecrets.of(List.of("2026:" + NEW, "2025:" + OLD), "", JWT));
        CodeSeal after = new CodeSeal(CodeSecrets.of(List.of("2026:" + NEW), "", JWT));
        String old = before.seal(MOVIE, "CODE-1");

        String fresh = rotating.seal(MOVIE, rotating.open(MOVIE, old));

        assertThat(rotating.isCurrent(old)).isFalse();
        assertThat(rotating.isCurrent(fresh)).isTrue();
        assertThat(after.open(MOVIE, fresh)).isEqualTo("CODE-1");
        assertThatThrownBy(() -> after.open(MOVIE, old)).hasMessageContaining("'2025'");
    }

    @Test
    void aNameWithAnotherSecretOpensNothing() {
        String stored = new CodeSeal(CodeSecrets.of(List.of("k:" + OLD), "", JWT)).seal(MOVIE, "CODE-1");

        assertThatThrownBy(() -> new CodeSeal(CodeSecrets.of(List.of("k:" + NEW), "", JWT)).open(MOVIE, stored))
                .isInstanceOf(UnreadableCodeException.class)
                .hasMessageContaining("another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-colon-in-this-one-but-32-characters", "k:short", "k e y:" + OLD, ":" + OLD})
    void aKeyThatIsNoKeyIsRefusedWithoutBeingRepeated(String entry) {
        assertThatThrownBy(() -> CodeSecrets.of(List.of(entry), "", JWT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dibs.codes.keys")
                .hasMessageNotContaining(OLD);
    }

    @Test
    void aNameStandsForOneKey() {
        assertThatThrownBy(() -> CodeSecrets.of(List.of("k:" + OLD, "k:" + NEW), "", JWT))
                .hasMessageContaining("twice");
    }

    @Test
    void nothingTellsItsSecret() {
        CodeSecrets secrets = CodeSecrets.of(List.of("k:" + OLD), NEW, JWT);

        assertThat(secrets + " " + new CodeSeal(secrets) + " " + new CodeFingerprint(secrets) + " "
                        + secrets.keys().get(0))
                .doesNotContain(OLD, NEW, JWT);
    }

    @Test
    void fingerprintsStayTheSameWhileKeysChangeAndDifferWithTheirOwnKey() {
        String plain = CodeFingerprint.plain("CODE-1");
        String before = new CodeFingerprint(CodeSecrets.of(List.of("2025:" + OLD), "", JWT)).keyed(plain);
        String rotating =
                new CodeFingerprint(CodeSecrets.of(List.of("2026:" + NEW, "2025:" + OLD), "", JWT)).keyed(plain);
        String after = new CodeFingerprint(CodeSecrets.of(List.of("2026:" + NEW), OLD, JWT)).keyed(plain);

        assertThat(List.of(rotating, after)).containsOnly(before);
        assertThat(CodeFingerprint.isKeyed(before)).isTrue();
        assertThat(CodeFingerprint.isKeyed(plain)).isFalse();
        assertThat(new CodeFingerprint(CodeSecrets.of(List.of("2026:" + NEW), "", JWT)).keyed(plain))
                .isNotEqualTo(before);
    }

    /** RFC 5869, appendix A.1; its first 32 bytes are the first block. */
    @Test
    void keysAreDerivedAsTheRfcSays() {
        HexFormat hex = HexFormat.of();
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);

        byte[] key =
                Hkdf.derive(secret, hex.parseHex("000102030405060708090a0b0c"), hex.parseHex("f0f1f2f3f4f5f6f7f8f9"));

        assertThat(hex.formatHex(key)).isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }
}
