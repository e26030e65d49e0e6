package dev.dibs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
    private final SettingNames names = new SettingNames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dibs.port",
                "dibs.jwt.secret",
                "dibs.grab.max-in-flight",
                "dibs.grab.maxInFlight",
                "dibs.trusted-proxies[0]",
                "dibs.jwt.other-secrets",
                "dibs.jwt.issuers[0].user-claim",
                "dibs.jwt.issuers[1].roles[0]",
                "dibs.login.per-account",
                "dibs.data.dir",
                "dibs.log.file",
                "server.port"
            })
    void settingsOfAllPartsAreKnown(String property) {
        assertThat(names.complaint(property)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DIBS_PORT",
                "DIBS_JWT_SECRET",
                "DIBS_ADDRESS_SALT",
                "DIBS_ADDRESSSALT",
                "DIBS_TRUSTEDPROXIES_0",
                "DIBS_JWT_OTHERSECRETS",
                "DIBS_JWT_OTHER_SECRETS_0",
                "DIBS_JWT_ISSUERS_0_ISSUER",
                "DIBS_JWT_ISSUERS_1_USERCLAIM",
                "DIBS_JWT_ISSUERS_0_ROLES",
                "DIBS_JWT_ISSUERS_0_ROLES_1",
                "DIBS_LOGIN_PERACCOUNT",
                "DIBS_DATA_DIR",
                "DIBS_TEST_SERVERS",
                "DIBS_TEST_FERRETDB",
                "DIBS_TOKEN",
                "PATH"
            })
    void variablesOfAllPartsAreKnown(String variable) {
        assertThat(names.complaintAboutVariable(variable)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "dibs.kakfa, dibs.kafka",
        "dibs.jwtsecret, dibs.jwt.secret",
        "dibs.jwt.secrets, dibs.jwt.secret",
        "dibs.jwt.issuers[0].isuer, dibs.jwt.issuers[n].issuer",
        "dibs.grab.claim-timeuot, dibs.grab.claim-timeout"
    })
    void whatIsMisspeltIsRefusedWithWhatWasMeant(String property, String meant) {
        assertThat(names.complaint(property)).isEqualTo(property + " is not a setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "DIBS_KAKFA, DIBS_KAFKA",
        "DIBS_ADMIN_PASWORD, DIBS_ADMIN_PASSWORD",
        "DIBS_PROT, DIBS_PORT",
        "DIBS_JWT_ISSUERS_0_KEY, DIBS_JWT_ISSUERS_N_KEYS"
    })
    void soIsAMisspeltVariable(String variable, String meant) {
        assertThat(names.complaintAboutVariable(variable))
                .isEqualTo(variable + " is not a setting; did you mean " + meant + "?");
    }

    @Test
    void whatIsNearNothingIsRefusedWithoutAGuess() {
        assertThat(names.complaintAboutVariable("DIBS_FROB")).isEqualTo("DIBS_FROB is not a setting");
        assertThat(names.complaint("dibs.colour.of.the.door")).isEqualTo("dibs.colour.of.the.door is not a setting");
    }

    @Test
    void whatOnlyTheProgramsPropertiesSayIsNoVariable() {
        assertThat(names.complaintAboutVariable("DIBS_SEED")).startsWith("DIBS_SEED is not a setting");
    }

    @Test
    void theFirstStrangerAmongAllNamesIsToldOf() {
        assertThat(names.complaint(new String[] {"PATH", "DIBS_PORT", "DIBS_MONGO", "DIBS_KAKFA"}, true))
                .contains("DIBS_MONGO is not a setting; did you mean DIBS_MONGODB?");
        assertThat(names.complaint(new String[] {"user.dir", "dibs.port", "dibs.mongo"}, false))
                .contains("dibs.mongo is not a setting; did you mean dibs.mongodb?");
        assertThat(names.complaint(new String[] {"DIBS_PORT", "dibs.port"}, true))
                .isEmpty();
    }
}
