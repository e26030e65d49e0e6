package dev.dibs.standalone.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachabilityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:%d",
                "127.0.0.1:%d,other:9092",
                "redis://user:pass@127.0.0.1:%d/0",
                "mongodb://127.0.0.1:%d,other:27017/?replicaSet=rs"
            })
    void aServerThatListensIsReached(String address) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            assertThatCode(() -> Reachability.require("It", "DIBS_IT", address.formatted(server.getLocalPort()), 1))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aServerThatDoesNotListenIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> Reachability.require("Redis", "DIBS_REDIS", "redis://:secret@127.0.0.1:1", 6379))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("Redis", "127.0.0.1:1", "DIBS_REDIS")
                .message()
                .doesNotContain("secret");
    }
}
