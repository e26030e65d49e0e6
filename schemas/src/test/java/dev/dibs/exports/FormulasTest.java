package dev.dibs.exports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+49",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "\n=1",
                "\uFF1D1+1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF20A"
            })
    void whatASpreadsheetWouldComputeIsGuardedAndComesBack(String field) {
        assertThat(Formulas.guarded(field)).isEqualTo("'" + field);
        assertThat(Formulas.unguarded(Formulas.guarded(field))).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A-1", "a=1", "'", "''", "'tis", " =1", "\u5238\u7801"})
    void everythingElseStaysAsItIs(String field) {
        assertThat(Formulas.guarded(field)).isEqualTo(field);
        assertThat(Formulas.unguarded(field)).isEqualTo(field);
    }
}
