package dev.dibs.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Requests to send.
 *
 * @param server scheme, host and port
 * @param path path and query, the same for all requests
 * @param tokens file of tokens, one a line, which the requests carry in turn; empty where they carry none
 */
public record Load(URI server, String path, Optional<Path> tokens) {
    public Load {
        if (!"http".equals(server.getScheme()) || server.getPort() < 1) {
            throw new IllegalArgumentException("server must be http://host:port but is " + server);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with / but is " + path);
        }
    }

    public URI uri() {
        return server.resolve(path);
    }
}
