package dev.dibs.api;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be configured.
 *
 * @param instance names this process in events and statistics; made up where it is empty
 * @param partitions of the topics; must never change once the log exists
 * @param replication of the topics; 3 in production
 * @param addressSalt keeps the hashes of client addresses from being reversed; the same on all instances
 * @param trustedProxies addresses or networks whose {@code X-Forwarded-For} is believed; none by default
 */
@ConfigurationProperties(prefix = "dibs")
public record ApiProperties(
        @DefaultValue("8080") int port,
        @DefaultValue("127.0.0.1:9092") String kafka,
        @DefaultValue("redis://127.0.0.1:6379") String redis,
        @DefaultValue("mongodb://127.0.0.1:27017") String mongodb,
        @DefaultValue("dibs") String database,
        @DefaultValue("") String instance,
        @DefaultValue("6") int partitions,
        @DefaultValue("1") short replication,
        @DefaultValue("") String addressSalt,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue Jwt jwt,
        @DefaultValue Admin admin,
        @DefaultValue Grab grab,
        @DefaultValue Rate rate,
        @DefaultValue Cors cors,
        @DefaultValue Management management) {

    /** @param secret the HS256 key, at least 32 bytes */
    public record Jwt(@DefaultValue("") String secret) {
        @Override
        public String toString() {
            return "Jwt[secret=***]";
        }
    }

    /** @param password of the account {@code admin}; operators cannot log in where it is empty */
    public record Admin(@DefaultValue("") String password) {
        @Override
        public String toString() {
            return "Admin[password=***]";
        }
    }

    /**
     * @param claimTimeout how long a claim may take until it is given up (and refuses itself in Redis)
     * @param verdictTimeout how long a claimed grab waits for its verdict until it is answered as pending
     * @param maxInFlight grabs that may wait for Redis or for a verdict at one time; more are refused with -3
     */
    public record Grab(
            @DefaultValue("1s") Duration claimTimeout,
            @DefaultValue("1s") Duration verdictTimeout,
            @DefaultValue("20000") int maxInFlight) {}

    /**
     * How many grabs one user may try.
     *
     * @param grabs per period; 0 switches the limit off
     */
    public record Rate(
            @DefaultValue("20") int grabs,
            @DefaultValue("1s") Duration period) {}

    /** @param origins of pages in browsers that may read the answers; none by default */
    public record Cors(@DefaultValue List<String> origins) {
        private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");

        public Cors {
            origins = List.copyOf(origins);
            for (String origin : origins) {
                if (!ORIGIN.matcher(origin).matches()) {
                    throw new IllegalArgumentException("dibs.cors.origins must list origins such as"
                            + " https://tickets.example, each by itself, but has '" + origin + "'");
                }
            }
        }
    }

    /**
     * Where health and metrics are served, apart from buyers and operators.
     *
     * @param port 0 for any, -1 for nowhere
     * @param address on which it listens; what is there asks nobody for a token
     */
    public record Management(
            @DefaultValue("-1") int port,
            @DefaultValue("127.0.0.1") String address) {
        public Management {
            if (port < -1 || port > 65_535) {
                throw new IllegalArgumentException("dibs.management.port must be -1 (off) to 65535 but is " + port);
            }
        }
    }

    public ApiProperties {
        trustedProxies = List.copyOf(trustedProxies);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("dibs.port must be 0 to 65535 but is " + port);
        }
        if (partitions < 1 || partitions > 1_000) {
            throw new IllegalArgumentException("dibs.partitions must be 1 to 1000 but is " + partitions);
        }
        if (grab.maxInFlight() < 1) {
            throw new IllegalArgumentException("dibs.grab.max-in-flight must be at least 1");
        }
        if (instance.isEmpty()) {
            instance = "api-" + Long.toString(ProcessHandle.current().pid(), 36) + "-"
                    + Integer.toString(System.identityHashCode(jwt), 36);
        }
    }
}
