package dev.dibs.standalone;

import dev.dibs.api.CannotStartException;
import dev.dibs.api.access.Tokens;
import dev.dibs.settings.SettingNames;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.stack.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the environment says about a stack: addresses that replace embedded servers, and secrets. */
final class GivenServers {
    private static final String JWT_SECRET = "DIBS_JWT_SECRET";

    private GivenServers() {}

    /** @throws ProblemException where a variable is none of Dibs, or cannot be used: before anything is started */
    static StackOptions stack(Path data, String host, int port, Map<String, String> properties) {
        new SettingNames()
                .complaint(System.getenv().keySet().toArray(String[]::new), true)
                .ifPresent(complaint -> {
                    throw new ProblemException(complaint);
                });
        given(JWT_SECRET).ifPresent(GivenServers::requireSecret);
        return new StackOptions(
                data,
                host,
                port,
                1,
                given("DIBS_KAFKA"),
                given("DIBS_REDIS"),
                given("DIBS_MONGODB"),
                given("DIBS_ADMIN_PASSWORD"),
                given(JWT_SECRET),
                properties);
    }

    private static void requireSecret(String secret) {
        try {
            Tokens.requireSecret(secret, JWT_SECRET);
        } catch (CannotStartException e) {
            throw new ProblemException(e.getMessage(), e);
        }
    }

    /** Empty where the variable is not set, or blank. */
    static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
