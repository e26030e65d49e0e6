package dev.dibs.projector;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Refuses misspelt configuration: a key {@code dibs.*} that no service knows would be ignored silently. */
final class KnownKeys {
    private static final String PREFIX = "dibs.";
    private static final Set<String> KEYS = Set.of(
            "dibs.kafka",
            "dibs.mongodb",
            "dibs.database",
            "dibs.instance",
            "dibs.rebuild",
            "dibs.health.file",
            "dibs.start.timeout",
            // Of the other services, as are the prefixes: one file or command line may serve them all.
            "dibs.port",
            "dibs.redis",
            "dibs.partitions",
            "dibs.replication",
            "dibs.standby-replicas",
            "dibs.address-salt",
            "dibs.trusted-proxies",
            "dibs.import.max-bytes",
            // Of the standalone program: where its checkout stands.
            "dibs.home");
    private static final List<String> PREFIXES = List.of(
            "dibs.chaos.",
            "dibs.data.",
            "dibs.jwt.",
            "dibs.login.",
            "dibs.admin.",
            "dibs.grab.",
            "dibs.pseudonym.",
            "dibs.rate.");

    private KnownKeys() {}

    /** @throws StartFailure naming the first key that is not known */
    static void check(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            // Environment variables named DIBS_* may belong to scripts and tests.
            if (source instanceof EnumerablePropertySource<?> enumerable
                    && !StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source.getName())) {
                check(enumerable);
            }
        }
    }

    private static void check(EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
            String key = name.toLowerCase(Locale.ROOT);
            if (key.startsWith(PREFIX)
                    && !KEYS.contains(key)
                    && PREFIXES.stream().noneMatch(key::startsWith)) {
                throw new StartFailure("the configuration key " + name + " is not known");
            }
        }
    }
}
