package dev.dibs.standalone.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a stack is to be made of.
 *
 * @param data folder that everything is kept in
 * @param host that the API listens on
 * @param port of the API, 0 for a free one
 * @param apis instances of the API, 1 or more; all but the first listen on free ports
 * @param kafka bootstrap servers to use instead of an embedded broker
 * @param redis URI of the server to use instead of an embedded one
 * @param mongodb connection string of the server to use instead of an embedded one
 * @param adminPassword to use instead of the folder's own
 * @param jwtSecret to use instead of the folder's own
 * @param apiProperties handed to the API beside its addresses and secrets, such as {@code dibs.rate.grabs}
 */
public record StackOptions(
        Path data,
        String host,
        int port,
        int apis,
        Optional<String> kafka,
        Optional<String> redis,
        Optional<String> mongodb,
        Optional<String> adminPassword,
        Optional<String> jwtSecret,
        Map<String, String> apiProperties) {
    public StackOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535 but is " + port);
        }
        if (apis < 1 || apis > 8) {
            throw new IllegalArgumentException("apis must be 1 to 8 but is " + apis);
        }
        apiProperties = Map.copyOf(apiProperties);
    }

    /** One API on a free port of 127.0.0.1, and embedded servers only. */
    public static StackOptions embedded(Path data) {
        return new StackOptions(
                data,
                "127.0.0.1",
                0,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public StackOptions withPort(int newPort) {
        return new StackOptions(
                data, host, newPort, apis, kafka, redis, mongodb, adminPassword, jwtSecret, apiProperties);
    }

    public StackOptions withApis(int instances) {
        return new StackOptions(
                data, host, port, instances, kafka, redis, mongodb, adminPassword, jwtSecret, apiProperties);
    }

    public StackOptions withApiProperties(Map<String, String> properties) {
        return new StackOptions(data, host, port, apis, kafka, redis, mongodb, adminPassword, jwtSecret, properties);
    }
}
