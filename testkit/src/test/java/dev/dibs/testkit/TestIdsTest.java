package dev.dibs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestIdsTest {

    @Test
    void noTwoTestsGetTheSameId() {
        assertThat(TestIds.activity("sale")).isNotEqualTo(TestIds.activity("sale"));
    }

    @Test
    void aLongNameStillMakesAValidIdAndDatabase() {
        assertThat(TestIds.activity("a".repeat(100)).value()).hasSizeLessThanOrEqualTo(64);
        assertThat(TestDatabase.nameFor(TestIdsTest.class))
                .startsWith("dibs-testidstest-")
                .hasSizeLessThan(64);
    }
}
