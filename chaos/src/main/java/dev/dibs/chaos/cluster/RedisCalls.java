package dev.dibs.chaos.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Single commands to a Redis server (RESP2), each over a connection of its own: the server may be gone with the next
 * one, and a client that reconnects would only be in the way.
 */
final class RedisCalls {
    private static final int TIMEOUT_MILLIS = 3_000;

    private RedisCalls() {}

    /**
     * @return the answer; elements of a list are separated by new lines
     * @throws ClusterException where the server does not answer, or answers an error
     */
    static String call(int port, String... words) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                request.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            out.write(request.toString().getBytes(StandardCharsets.US_ASCII));
            return read(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new ClusterException("Redis on port " + port + " does not answer " + words[0] + ": " + e, e);
        }
    }

    private static String read(InputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '-':
                throw new ClusterException("Redis answered: " + rest);
            case '$':
                int length = Integer.parseInt(rest);
                if (length < 0) {
                    return "";
                }
                String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                line(in);
                return text;
            case '*':
                StringJoiner all = new StringJoiner("\n");
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    all.add(read(in));
                }
                return all.toString();
            default:
                return rest;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    static boolean isReady(int port) {
        try {
            return call(port, "PING").equals("PONG");
        } catch (ClusterException e) {
            return false;
        }
    }

    /** {@code master}, {@code slave} or {@code sentinel}; empty where it does not answer. */
    static String roleOf(int port) {
        try {
            return call(port, "ROLE").split("\n")[0];
        } catch (ClusterException e) {
            return "";
        }
    }
}
