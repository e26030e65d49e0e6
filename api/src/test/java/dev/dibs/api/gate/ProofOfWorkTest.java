package dev.dibs.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {

    @Test
    void isTheNumberOfZeroBitsThatAnyOtherProgramSees() {
        String proof = ProofOfWork.solve("dibs", 12);

        assertThat(ProofOfWork.holds("dibs", proof, 12)).isTrue();
        assertThat(sha256("dibs." + proof)).startsWith("000");
        assertThat(ProofOfWork.holds("dibs", proof, 0)).isTrue();
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aProofOfOneChallengeIsNoneOfAnother() {
        String proof = ProofOfWork.solve("one", 16);

        assertThat(ProofOfWork.holds("one", proof, 16)).isTrue();
        assertThat(ProofOfWork.holds("two", proof, 16)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "a.b", "+", "123456789012345678901234567890123"})
    void whatIsNoTextOfAProofIsNotHashed(String proof) {
        assertThat(ProofOfWork.isWellFormed(proof)).isFalse();
    }
}
