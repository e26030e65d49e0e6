package dev.dibs.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.CannotStartException;
import org.junit.jupiter.api.Test;

class ServiceTest {
    @Test
    void whatTheServiceSaysCountsMoreThanWhatCausedIt() {
        Throwable cause = new IllegalArgumentException("WRONGPASS invalid username-password pair");
        Throwable own = new CannotStartException("Redis at the address in dibs.redis cannot be used", cause);

        assertThat(Service.reason(new IllegalStateException("a bean could not be made", own)))
                .isEqualTo("Redis at the address in dibs.redis cannot be used");
    }

    @Test
    void elseWhatSpringWrapsDoes() {
        Throwable cause = new IllegalArgumentException("two\n  lines");

        assertThat(Service.reason(new IllegalStateException("a bean could not be made", cause)))
                .isEqualTo("two; lines");
    }
}
