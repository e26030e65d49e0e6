package dev.dibs.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On real sockets: a server that answers each byte with the next letter, and clients through the proxy. */
class NetworkTest {
    private static final String SERVER = "letters";
    private static final int SHORT_MILLIS = 300;

    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket server;
    private Network network;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::serve);
        network =
                new Network(new Peers(() -> Map.of("me", ProcessHandle.current().pid())));
        port = network.front(SERVER, server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            int letter = socket.getInputStream().read();
            while (letter >= 0) {
                asked.incrementAndGet();
                socket.getOutputStream().write(letter + 1);
                letter = socket.getInputStream().read();
            }
        } catch (IOException e) {
            // The connection was closed on the way.
            return;
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static String ask(Socket socket, String letters) throws IOException {
        send(socket, letters);
        return new String(socket.getInputStream().readNBytes(letters.length()), StandardCharsets.US_ASCII);
    }

    private static void send(Socket socket, String letters) throws IOException {
        socket.getOutputStream().write(letters.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(SHORT_MILLIS);
        InputStream in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(5_000);
    }

    private static void assertIsClosed(Socket socket) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            try {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (IOException e) {
                assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
            }
        });
    }

    @Test
    void passesEverythingOnUntilToldOtherwise() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "abc")).isEqualTo("bcd");
            assertThat(network.connections("me"::equals, SERVER::equals)).isEqualTo(1);
        }
        Awaitility.await().until(() -> network.connections(client -> true, SERVER::equals) == 0);
    }

    @Test
    void aDelayedLinkIsLateButKeepsItsOrderAlsoWhenTheDelayEnds() throws IOException {
        try (Socket socket = connect()) {
            Rule rule = network.impose(Trouble.DELAY, "me"::equals, SERVER::equals);
            long begun = System.nanoTime();
            send(socket, "a");
            send(socket, "b");
            network.lift(rule);
            send(socket, "c");

            String answers = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);

            assertThat(answers).isEqualTo("bcd");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void whereRepliesAreDroppedTheServerIsAskedAllTheSame() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "a");
            Rule rule = network.impose(Trouble.DROP_REPLIES, "me"::equals, SERVER::equals);

            send(socket, "b");

            Awaitility.await().until(() -> asked.get() == 2);
            assertNothingComes(socket);
            network.lift(rule);
            // Answers are missing in it: nobody could make sense of what comes next.
            assertIsClosed(socket);
        }
    }

    @Test
    void aLinkThatHasLostAnswersIsOfNoUseUnderAnotherTroubleEither() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "a");
            Rule rule = network.impose(Trouble.DROP_REPLIES, "me"::equals, SERVER::equals);
            send(socket, "b");
            Awaitility.await().until(() -> asked.get() == 2);
            assertNothingComes(socket);

            network.impose(Trouble.DELAY, "me"::equals, SERVER::equals);
            network.lift(rule);

            assertIsClosed(socket);
        }
    }

    @Test
    void whereRequestsAreDroppedTheServerIsNotAsked() throws IOException {
        try (Socket socket = connect()) {
            network.impose(Trouble.DROP_REQUESTS, "me"::equals, SERVER::equals);

            send(socket, "a");

            assertNothingComes(socket);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aHalfOpenLinkSwallowsEvenTheEndUntilTheNetworkWorksAgain() throws IOException {
        Socket socket = connect();
        ask(socket, "a");
        Rule rule = network.impose(Trouble.SILENCE, "me"::equals, SERVER::equals);
        send(socket, "b");
        assertNothingComes(socket);

        socket.close();

        Awaitility.await()
                .during(Duration.ofMillis(SHORT_MILLIS))
                .until(() -> network.connections("me"::equals, SERVER::equals) == 1);
        network.lift(rule);
        Awaitility.await().until(() -> network.connections("me"::equals, SERVER::equals) == 0);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aCutLinkIsClosedAndNewConnectionsAreRefusedUntilItIsMended() throws IOException {
        try (Socket before = connect()) {
            ask(before, "a");
            network.impose(Trouble.CUT, "me"::equals, SERVER::equals);
            assertIsClosed(before);
        }
        try (Socket meanwhile = connect()) {
            assertIsClosed(meanwhile);
        }

        network.heal();

        try (Socket after = connect()) {
            assertThat(ask(after, "x")).isEqualTo("y");
        }
    }

    @Test
    void othersAreLeftAlone() throws IOException {
        network.impose(Trouble.CUT, "somebody-else"::equals, SERVER::equals);
        network.impose(Trouble.CUT, "me"::equals, "another-server"::equals);
        try (Socket socket = connect()) {
            assertThat(ask(socket, "a")).isEqualTo("b");
        }
    }

    @Test
    void aNarrowRoadLetsEverythingThroughInItsTime() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "a")).isEqualTo("b");
            network.impose(Trouble.NARROW, "me"::equals, SERVER::equals);
            String letters = "a".repeat(Trouble.NARROW_BYTES_PER_SECOND / 2);
            long begun = System.nanoTime();

            String answer = ask(socket, letters);

            assertThat(answer).isEqualTo("b".repeat(letters.length()));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
        }
    }
}
