package dev.dibs.settings;

import java.util.Set;

/**
 * The names of all settings. Each service has the meaning and the defaults of its own; a test holds this list to all of
 * them and to docs/configuration.md.
 */
public final class Settings {
    /** Stands where a list of records has the number of one. */
    public static final String ANY_ELEMENT = "[n]";

    /** Properties of the API, the stream-processor and the projector: one file or environment may serve them all. */
    public static final Set<String> OF_SERVICES = Set.of(
            "dibs.address-salt",
            "dibs.admin.password",
            "dibs.codes.fingerprint-key",
            "dibs.codes.keys",
            "dibs.cors.origins",
            "dibs.data.dir",
            "dibs.database",
            "dibs.eligibility.max-accounts",
            "dibs.grab.claim-timeout",
            "dibs.grab.in-time",
            "dibs.grab.max-in-flight",
            "dibs.grab.verdict-timeout",
            "dibs.health.file",
            "dibs.import.max-bytes",
            "dibs.instance",
            "dibs.jwt.audience",
            "dibs.jwt.clock-skew",
            "dibs.jwt.issuer",
            "dibs.jwt.issuers[n].audience",
            "dibs.jwt.issuers[n].issuer",
            "dibs.jwt.issuers[n].keys",
            "dibs.jwt.issuers[n].roles",
            "dibs.jwt.issuers[n].roles-claim",
            "dibs.jwt.issuers[n].secret",
            "dibs.jwt.issuers[n].user-claim",
            "dibs.jwt.issuers[n].user-prefix",
            "dibs.jwt.max-lifetime",
            "dibs.jwt.other-secrets",
            "dibs.jwt.secret",
            "dibs.kafka",
            "dibs.login.per-account",
            "dibs.login.per-address",
            "dibs.login.period",
            "dibs.management.address",
            "dibs.management.port",
            "dibs.max-connections",
            "dibs.mongodb",
            "dibs.partitions",
            "dibs.port",
            "dibs.pseudonym.key",
            "dibs.rate.address.burst",
            "dibs.rate.address.per-second",
            "dibs.rate.burst",
            "dibs.rate.grabs",
            "dibs.rate.offence.blocked-for",
            "dibs.rate.offence.refusals",
            "dibs.rate.offence.shared-from",
            "dibs.rate.offence.shared-memory",
            "dibs.rate.offence.within",
            "dibs.rate.per-second",
            "dibs.rate.period",
            "dibs.rebuild",
            "dibs.redis",
            "dibs.replication",
            "dibs.standby-replicas",
            "dibs.start.timeout",
            "dibs.trusted-proxies");

    /** Properties of the standalone program and of tests, which run services in their own process. */
    static final Set<String> OF_PROGRAMS = Set.of(
            "dibs.chaos.each",
            "dibs.chaos.faults",
            "dibs.chaos.minutes",
            "dibs.chaos.redis",
            "dibs.chaos.teeth",
            "dibs.export.mongodb",
            "dibs.export.rows",
            "dibs.home",
            "dibs.log.file",
            "dibs.model.heavy",
            "dibs.seed");

    /** Variables of scripts, of the program's commands and of tests that are no properties. */
    static final Set<String> VARIABLES_ONLY =
            Set.of("DIBS_JAVA_OPTS", "DIBS_TEST_FERRETDB", "DIBS_TEST_SERVERS", "DIBS_TOKEN");

    private Settings() {}
}
