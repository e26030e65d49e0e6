package dev.dibs.api;

import static org.assertj.core.api.Assertions.assertThat;

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
                "dibs.data.dir"
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
                "DIBS_DATA_DIR",
                "DIBS_TEST_SERVERS",
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
        "dibs.grab.claim-timeuot, dibs.grab.claim-timeout"
    })
    void whatIsMisspeltIsRefusedWithWhatWasMeant(String property, String meant) {
        assertThat(names.complaint(property)).isEqualTo(property + " is not a setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"DIBS_KAKFA, DIBS_KAFKA", "DIBS_ADMIN_PASWORD, DIBS_ADMIN_PASSWORD", "DIBS_PROT, DIBS_PORT"})
    void soIsAMisspeltVariable(String variable, String meant) {
        assertThat(names.complaintAboutVariable(variable))
                .isEqualTo(variable + " is not a setting; did you mean " + meant + "?");
    }
}
