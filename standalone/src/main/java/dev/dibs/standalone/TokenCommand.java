package dev.dibs.standalone;

import dev.dibs.api.ApiProperties.Jwt;
import dev.dibs.api.CannotStartException;
import dev.dibs.api.access.KeyRing;
import dev.dibs.api.access.Revocations;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.UserId;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.stack.DataFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes access tokens for those who have no account, such as a gate's device, so that nobody hands a password around. */
@Command(
        name = "token",
        description = "Makes an access token for a device or a person, and prints it and nothing else.",
        footer = {
            "",
            "Signed with DIBS_JWT_SECRET, else with the key of the data folder; DIBS_JWT_ISSUER, DIBS_JWT_AUDIENCE and",
            "DIBS_JWT_MAXLIFETIME must be what the servers have. Hand it on as a file for --token-file, or as DIBS_TOKEN.",
            "POST /admin/users/USER/revoke-sessions ends all tokens of a user."
        })
final class TokenCommand implements Callable<Integer> {
    private static final String JWT = "dibs.jwt";

    @Spec
    private CommandSpec spec;

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "gate, analyst or operator")
    private String role;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            required = true,
            description = "whom the trail names, such as gate-1")
    private String user;

    @Option(names = "--for", paramLabel = "TIME", required = true, description = "how long it is good, such as 12h")
    private Duration lifetime;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder, in use or not (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Override
    public Integer call() {
        if (!Role.ALL.contains(role)) {
            throw new ParameterException(spec.commandLine(), "--role must be gate, analyst or operator");
        }
        Jwt settings = settings();
        Duration longest = settings.maxLifetime().isZero() ? KeyRing.MAX_LIFETIME : settings.maxLifetime();
        if (lifetime.isZero() || lifetime.compareTo(longest) > 0) {
            // A longer one would be refused, or be good again once it is forgotten that it was ended.
            throw new ParameterException(
                    spec.commandLine(), "--for must be more than 0s and at most " + Console.spoken(longest));
        }
        Tokens tokens = tokens(settings);
        spec.commandLine().getOut().println(tokens.issue(userId(), Set.of(role), lifetime));
        return 0;
    }

    private UserId userId() {
        try {
            return new UserId(user);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--user: " + e.getMessage());
        }
    }

    /** As the API reads them, but for what only checks tokens. */
    private Jwt settings() {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        try {
            Jwt given = Binder.get(environment).bindOrCreate(JWT, Jwt.class);
            String secret = given.secret().isBlank() ? DataFolder.jwtSecret(data) : given.secret();
            return new Jwt(
                    secret,
                    List.of(),
                    given.issuer(),
                    given.audience(),
                    given.clockSkew(),
                    given.maxLifetime(),
                    List.of());
        } catch (BindException e) {
            throw new ProblemException("the settings of tokens cannot be read: " + e.getMessage(), e);
        }
    }

    private static Tokens tokens(Jwt settings) {
        Clock clock = Clock.systemUTC();
        try {
            return new Tokens(new KeyRing(settings, clock), Revocations.none(), settings.maxLifetime(), clock);
        } catch (CannotStartException e) {
            throw new ProblemException(e.getMessage(), e);
        }
    }
}
