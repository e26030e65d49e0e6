package dev.dibs.api;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be configured.
 *
 * @param instance names this process in events and statistics; made up where it is empty
 * @param partitions of the topics; must never change once the log exists
 * @param replication of the topics; 3 in production
 * @param addressSalt keeps the hashes of client addresses from being reversed; the same on all instances
 * @param maxConnections that are served at one time; whoever connects beyond that is asked to come back
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
        @DefaultValue("20000") int maxConnections,
        @DefaultValue Grab grab,
        @DefaultValue Rate rate) {

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
     * @param inTime what a grab may take before fewer are let in at one time; an hour switches that off
     */
    public record Grab(
            @DefaultValue("1s") Duration claimTimeout,
            @DefaultValue("1s") Duration verdictTimeout,
            @DefaultValue("20000") int maxInFlight,
            @DefaultValue("500ms") Duration inTime) {}

    /**
     * How many grabs one user may try.
     *
     * @param grabs per period; 0 switches the limit off
     */
    public record Rate(
            @DefaultValue("20") int grabs,
            @DefaultValue("1s") Duration period) {}

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
        if (grab.inTime().isNegative() || grab.inTime().isZero()) {
            throw new IllegalArgumentException("dibs.grab.in-time must be positive");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("dibs.max-connections must be at least 1");
        }
        if (instance.isEmpty()) {
            instance = "api-" + Long.toString(ProcessHandle.current().pid(), 36) + "-"
                    + Integer.toString(System.identityHashCode(jwt), 36);
        }
    }
}
