package dev.dibs.standalone;

import dev.dibs.standalone.stack.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the environment says about a stack: addresses that replace embedded servers, and secrets. */
final class GivenServers {
    private GivenServers() {}

    static StackOptions stack(Path data, String host, int port, Map<String, String> properties) {
        return new StackOptions(
                data,
                host,
                port,
                1,
                given("DIBS_KAFKA"),
                given("DIBS_REDIS"),
                given("DIBS_MONGODB"),
                given("DIBS_ADMIN_PASSWORD"),
                given("DIBS_JWT_SECRET"),
                properties);
    }

    /** Empty where the variable is not set, or blank. */
    static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
