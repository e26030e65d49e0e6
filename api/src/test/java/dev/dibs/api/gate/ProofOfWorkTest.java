package dev.dibs.api.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {

    @Test
    void isTheNumberOfZeroBitsThatAnyOtherProgramSees() throws Exception {
        String proof = ProofOfWork.solve("dibs", 12);

        assertThat(ProofOfWork.holds("dibs", proof, 12)).isTrue();
        assertThat(sha256("dibs." + proof)).startsWith("000");
        assertThat(ProofOfWork.holds("dibs", proof, 0)).isTrue();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aProofOfOneChallengeIsNoneOfAnother() {
        String proof = ProofOfWork.solve("one", 16);

        assertThat(ProofOfWork.holds("one", proof, 16)).isTrue();
        assertThat(ProofOfWork.holds("two", proof, 16)).isFalse();
    }

    @Test
    void theExampleForBrowsersFindsProofs() throws Exception {
        assumeThat(nodeIsInstalled()).as("node is installed").isTrue();
        Process node = new ProcessBuilder("node", "../examples/gate/solve.mjs", "a-challenge", "10")
                .redirectErrorStream(true)
                .start();

        String proof = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(ProofOfWork.isWellFormed(proof)).as(proof).isTrue();
        assertThat(ProofOfWork.holds("a-challenge", proof, 10)).as(proof).isTrue();
    }

    private static boolean nodeIsInstalled() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "a.b", "+", "123456789012345678901234567890123"})
    void whatIsNoTextOfAProofIsNotHashed(String proof) {
        assertThat(ProofOfWork.isWellFormed(proof)).isFalse();
    }
}
