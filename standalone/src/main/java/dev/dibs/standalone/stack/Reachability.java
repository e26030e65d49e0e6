package dev.dibs.standalone.stack;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks before anything starts whether what is given can work, so that the answer is one clear line. */
final class Reachability {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final Pattern HOST_PORT =
            Pattern.compile("(?:[a-z+]+://)?(?:[^@/]*@)?(\\[[^]]+]|[^:,/?]+)(?::(\\d{1,5}))?.*");

    private Reachability() {}

    /**
     * Connects once to the first host of an address.
     *
     * @param variable that the address came from
     * @param defaultPort where the address has none
     */
    static void require(String server, String variable, String address, int defaultPort) {
        Matcher matcher = HOST_PORT.matcher(address.strip());
        if (!matcher.matches()) {
            throw new ProblemException(variable + " is not an address: " + Addresses.shown(address));
        }
        // Such an address is looked up in the DNS; the driver does that itself.
        if (address.startsWith("mongodb+srv:")) {
            return;
        }
        String host = matcher.group(1);
        int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    "%s cannot be reached at %s:%d (%s): %s".formatted(server, host, port, variable, e.getMessage()),
                    e);
        }
    }

    static void requireFree(String host, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new ProblemException("port %d of %s cannot be used: %s".formatted(port, host, e.getMessage()), e);
        }
    }
}
