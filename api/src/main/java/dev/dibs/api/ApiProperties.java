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
     */
    public record Grab(
            @DefaultValue("1s") Duration claimTimeout,
            @DefaultValue("1s") Duration verdictTimeout,
            @DefaultValue("20000") int maxInFlight) {}

    /**
     * How much one user and one address may try on an instance.
     *
     * @param grabs of one user within any period; 0 switches the limits per user off, and the offences with them
     * @param burst calls of one user at once, repeated ones included
     * @param perSecond calls of one user that can be sustained
     */
    public record Rate(
            @DefaultValue("2") int grabs,
            @DefaultValue("5s") Duration period,
            @DefaultValue("10") int burst,
            @DefaultValue("2") int perSecond,
            @DefaultValue Address address,
            @DefaultValue Offence offence) {
        public Rate {
            range("dibs.rate.grabs", grabs, 0, 1_000);
            range("dibs.rate.burst", burst, 1, 1_000_000);
            range("dibs.rate.per-second", perSecond, 1, 1_000_000);
            positive("dibs.rate.period", period);
        }
    }

    /**
     * How much may come from one address. A campus or a carrier may stand behind it.
     *
     * @param burst grabs at once
     * @param perSecond grabs that can be sustained; 0 switches the limit off
     */
    public record Address(
            @DefaultValue("20000") int burst,
            @DefaultValue("5000") int perSecond) {
        public Address {
            range("dibs.rate.address.burst", burst, 1, 1_000_000_000);
            range("dibs.rate.address.per-second", perSecond, 0, 1_000_000_000);
        }
    }

    /**
     * When a user is blocked, and the address with it.
     *
     * @param refusals of one user that are one too many; 0 blocks nobody
     * @param within so much time
     * @param blockedFor how long
     * @param sharedFrom so many users of an address who have done nothing wrong keep it from being blocked
     * @param sharedMemory for how long such a user counts
     */
    public record Offence(
            @DefaultValue("20") int refusals,
            @DefaultValue("1m") Duration within,
            @DefaultValue("5m") Duration blockedFor,
            @DefaultValue("3") int sharedFrom,
            @DefaultValue("10m") Duration sharedMemory) {
        public Offence {
            range("dibs.rate.offence.refusals", refusals, 0, 1_000);
            range("dibs.rate.offence.shared-from", sharedFrom, 1, 100);
            positive("dibs.rate.offence.within", within);
            positive("dibs.rate.offence.blocked-for", blockedFor);
            positive("dibs.rate.offence.shared-memory", sharedMemory);
            if (blockedFor.toDays() > 30) {
                throw new IllegalArgumentException("dibs.rate.offence.blocked-for must be at most 30 days");
            }
        }
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + " but is " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing but is " + value);
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
