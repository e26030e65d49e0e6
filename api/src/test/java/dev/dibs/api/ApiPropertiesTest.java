package dev.dibs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.ApiProperties.CompanyLogin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings as a container is given them. */
class ApiPropertiesTest {

    @Test
    void aSecretAloneLeavesTokensAsTheyWere() {
        assertThat(bound(Map.of("DIBS_JWT_SECRET", "a secret")).jwt()).isEqualTo(ApiProperties.Jwt.of("a secret"));
    }

    @Test
    void keysOfOthersCanBeGivenAsVariables() {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "DIBS_JWT_OTHERSECRETS", "one,another",
                "DIBS_JWT_CLOCKSKEW", "10s",
                "DIBS_JWT_ISSUERS_0_ISSUER", "https://login.example.org/",
                "DIBS_JWT_ISSUERS_0_AUDIENCE", "dibs",
                "DIBS_JWT_ISSUERS_0_KEYS", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "DIBS_JWT_ISSUERS_0_USERCLAIM", "email",
                "DIBS_JWT_ISSUERS_0_ROLES", "admins=operator,staff=buyer",
                "DIBS_JWT_ISSUERS_1_ISSUER", "https://partner.example.org/"));
        variables.put("DIBS_JWT_ISSUERS_1_SECRET", "x".repeat(32));
        variables.put("DIBS_JWT_ISSUERS_1_USERPREFIX", "partner.");
        variables.put("DIBS_JWT_ISSUERS_1_ROLESCLAIM", "realm_access.roles");
        variables.put("DIBS_JWT_ISSUERS_1_ROLES_0", "gate");

        ApiProperties.Jwt jwt = bound(variables).jwt();

        assertThat(jwt.otherSecrets()).containsExactly("one", "another");
        assertThat(jwt.clockSkew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(jwt.issuers())
                .containsExactly(
                        new CompanyLogin(
                                "https://login.example.org/",
                                "dibs",
                                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                                "",
                                "email",
                                "",
                                "roles",
                                List.of("admins=operator", "staff=buyer")),
                        new CompanyLogin(
                                "https://partner.example.org/",
                                "",
                                "",
                                "x".repeat(32),
                                "sub",
                                "partner.",
                                "realm_access.roles",
                                List.of("gate")));
    }

    @ParameterizedTest
    @CsvSource({
        "DIBS_REPLICATION, 0, dibs.replication must be at least 1 but is 0",
        "DIBS_GRAB_CLAIMTIMEOUT, 0s, dibs.grab.claim-timeout must be longer than 0 but is 0 ms",
        "DIBS_GRAB_VERDICTTIMEOUT, -1s, dibs.grab.verdict-timeout must be longer than 0 but is -1000 ms",
        "DIBS_GRAB_INTIME, 0s, dibs.grab.in-time must be longer than 0 but is 0 ms",
        "DIBS_PORT, 65536, dibs.port must be 0 to 65535 but is 65536"
    })
    void whatIsOutOfRangeIsRefusedWithTheRange(String variable, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of(variable, value))).hasRootCauseMessage(message);
    }

    private static ApiProperties bound(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return Binder.get(environment).bindOrCreate("dibs", ApiProperties.class);
    }
}
