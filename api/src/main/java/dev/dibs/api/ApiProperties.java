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
        @DefaultValue Rate rate,
        @DefaultValue Login login,
        @DefaultValue Cors cors,
        @DefaultValue Codes codes,
        @DefaultValue Management management) {

    /**
     * What tokens are signed and checked with.
     *
     * @param secret the HS256 key that new tokens are signed with, at least 32 bytes
     * @param otherSecrets check tokens and sign none: the secret before this one, or the one to come
     * @param issuer of tokens signed with the secrets; neither written nor asked for where it is empty
     * @param audience of tokens signed with the secrets; neither written nor asked for where it is empty
     * @param clockSkew by how much the clocks of whoever issues tokens may differ from this one; at most a minute
     * @param maxLifetime a token that would still be good for longer is refused; 0 takes any
     * @param issuers logins of others whose tokens are taken too
     */
    public record Jwt(
            @DefaultValue("") String secret,
            @DefaultValue List<String> otherSecrets,
            @DefaultValue("") String issuer,
            @DefaultValue("") String audience,
            @DefaultValue("5s") Duration clockSkew,
            @DefaultValue("0s") Duration maxLifetime,
            @DefaultValue List<CompanyLogin> issuers) {
        public Jwt {
            otherSecrets = List.copyOf(otherSecrets);
            issuers = List.copyOf(issuers);
        }

        /** With nothing but a secret. */
        public static Jwt of(String secret) {
            return new Jwt(secret, List.of(), "", "", Duration.ofSeconds(5), Duration.ZERO, List.of());
        }

        @Override
        public String toString() {
            return "Jwt[secret=***, issuer=" + issuer + ", audience=" + audience + ", issuers=" + issuers + "]";
        }
    }

    /**
     * An existing login, such as a company's single sign-on, whose tokens are taken beside Dibs's own.
     *
     * @param issuer what its tokens say in {@code iss}
     * @param audience what its tokens must say in {@code aud}: they were meant for Dibs and not for somebody else
     * @param keys public keys as PEM, a JWK or a JWK Set, or the path of a file with one of them
     * @param secret an HS256 key instead of public keys
     * @param userClaim names the claim with the user's id; dots lead into objects
     * @param userPrefix stands before each of its users' ids, so that they are not those of accounts registered here;
     *     where it is empty, nobody but {@code admin} registers or logs in here
     * @param rolesClaim names the claim with the roles, an array or words; dots lead into objects
     * @param roles which of its roles are taken, as {@code name} or {@code theirs=ours}; no others are
     */
    public record CompanyLogin(
            @DefaultValue("") String issuer,
            @DefaultValue("") String audience,
            @DefaultValue("") String keys,
            @DefaultValue("") String secret,
            @DefaultValue("sub") String userClaim,
            @DefaultValue("") String userPrefix,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue List<String> roles) {
        public CompanyLogin {
            roles = List.copyOf(roles);
        }

        @Override
        public String toString() {
            return "CompanyLogin[issuer=" + issuer + ", audience=" + audience + ", secret=***]";
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

    /**
     * How many logins that fail are looked at, by each instance; further ones are refused with -8.
     *
     * @param perAccount per period from all addresses that the account is not logged in from, and a third of it from
     *     each single one; 0 is no limit
     * @param perAddress logins that fail and registrations, for whatever accounts, per period; 0 is no limit
     */
    public record Login(
            @DefaultValue("30") int perAccount,
            @DefaultValue("300") int perAddress,
            @DefaultValue("5m") Duration period) {
        public Login {
            if (perAccount < 0 || perAddress < 0) {
                throw new IllegalArgumentException(
                        "dibs.login.per-account and dibs.login.per-address must be 0 or more");
            }
            if (period.toSeconds() < 1) {
                throw new IllegalArgumentException("dibs.login.period must be a second or more");
            }
        }
    }

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
     * What codes are sealed with in MongoDB.
     *
     * @param keys {@code name:secret} each; the first one writes, all of them read; the JWT secret where there are none
     * @param fingerprintKey what codes are found by; the last of the keys where it is empty. Must never change
     */
    public record Codes(
            @DefaultValue List<String> keys,
            @DefaultValue("") String fingerprintKey) {
        public Codes {
            keys = List.copyOf(keys);
        }

        @Override
        public String toString() {
            return "Codes[***]";
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
        if (replication < 1) {
            throw new IllegalArgumentException("dibs.replication must be at least 1 but is " + replication);
        }
        requirePositive("dibs.grab.claim-timeout", grab.claimTimeout());
        requirePositive("dibs.grab.verdict-timeout", grab.verdictTimeout());
        requirePositive("dibs.grab.in-time", grab.inTime());
        if (grab.maxInFlight() < 1) {
            throw new IllegalArgumentException("dibs.grab.max-in-flight must be at least 1");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("dibs.max-connections must be at least 1");
        }
        if (instance.isEmpty()) {
            instance = "api-" + Long.toString(ProcessHandle.current().pid(), 36) + "-"
                    + Integer.toString(System.identityHashCode(jwt), 36);
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than 0 but is " + value.toMillis() + " ms");
        }
    }
}
