package dev.dibs.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a Redis server whether it serves; while it still loads its data it answers with an error. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PONG = "+PONG";

    private RedisPing() {}

    /** @throws ServerStartException if it does not serve within the time, or is no longer alive */
    static void awaitPong(int port, Duration atMost, BooleanSupplier alive) {
        long deadline = System.nanoTime() + atMost.toNanos();
        String answer = answer(port);
        while (!answer.startsWith(PONG)) {
            if (!alive.getAsBoolean()) {
                throw new ServerStartException("it ended at once");
            }
            if (System.nanoTime() > deadline) {
                throw new ServerStartException(
                        "it does not serve after %d s (%s)".formatted(atMost.toSeconds(), answer));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = answer(port);
        }
        if (!alive.getAsBoolean()) {
            throw new ServerStartException("another server answers on its port");
        }
    }

    private static String answer(int port) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(PING);
            return new String(socket.getInputStream().readNBytes(PONG.length()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
