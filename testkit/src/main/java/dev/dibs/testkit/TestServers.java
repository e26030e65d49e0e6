package dev.dibs.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that integration tests run against, one set per JVM, chosen by {@code DIBS_TEST_SERVERS} (environment
 * variable or system property): {@code embedded} (the default), {@code testcontainers}, or {@code external} for the
 * addresses in {@code DIBS_KAFKA}, {@code DIBS_REDIS} and {@code DIBS_MONGODB}.
 *
 * <p>Tests share them: they tell their data apart by {@link TestIds unique ids} and {@link TestDatabase databases of
 * their own}. A test that stops a server starts one for itself.
 */
public final class TestServers {
    static final String SWITCH = "DIBS_TEST_SERVERS";
    private static final Logger log = LoggerFactory.getLogger(TestServers.class);
    private static final Lazy<ServerSet> SHARED = new Lazy<>(TestServers::open, ServerSet::close);

    private TestServers() {}

    /** Bootstrap servers of a Kafka broker. */
    public static String kafka() {
        return servers().kafka();
    }

    /** Settings of a Kafka client, to be added to. */
    public static Map<String, Object> kafkaClient() {
        return new HashMap<>(Map.of("bootstrap.servers", kafka()));
    }

    /** The {@code redis://} address of a Redis server. */
    public static String redis() {
        return servers().redis();
    }

    /** The {@code mongodb://} address of a server, without a database. */
    public static String mongodb() {
        return servers().mongodb();
    }

    private static ServerSet servers() {
        if (choice().equals("testcontainers") && !ContainerServers.dockerIsAtHand()) {
            String reason = SWITCH + "=testcontainers, but no Docker is at hand";
            log.warn("Skipped: {}", reason);
            Assumptions.abort(reason);
        }
        return SHARED.get();
    }

    private static ServerSet open() {
        ServerSet servers = create(choice());
        log.info("These tests run against {}", servers.description());
        Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close, "test-servers-stop"));
        return servers;
    }

    private static ServerSet create(String choice) {
        return switch (choice) {
            case "embedded" -> new EmbeddedServers();
            case "testcontainers" -> new ContainerServers();
            case "external" -> new ExternalServers(TestServers::variable);
            default ->
                throw new IllegalStateException(
                        SWITCH + " must be embedded, testcontainers or external, not " + choice);
        };
    }

    private static String choice() {
        return Optional.ofNullable(variable(SWITCH)).orElse("embedded");
    }

    /** A system property goes before the environment variable of the same name. */
    static String variable(String name) {
        String property = System.getProperty(name);
        return property != null ? property : System.getenv(name);
    }
}
