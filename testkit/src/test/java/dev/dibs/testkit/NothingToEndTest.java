package dev.dibs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class NothingToEndTest {
    static final class SkippedBeforeEach {
        @BeforeEach
        void start() {
            Assumptions.abort("no server");
        }

        @AfterEach
        void stop() {
            throw new NullPointerException("the server was never started");
        }

        @Test
        void some() {}
    }

    static final class SkippedBeforeAll {
        @BeforeAll
        static void start() {
            Assumptions.abort("no server");
        }

        @AfterAll
        static void stop() {
            throw new NullPointerException("the server was never started");
        }

        @Test
        void some() {}
    }

    static final class FailsToEnd {
        @AfterEach
        void stop() {
            throw new IllegalStateException("the server does not end");
        }

        @Test
        void some() {}
    }

    private static TestExecutionSummary run(Class<?> tests, boolean withIt) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .configurationParameter(
                                        "junit.jupiter.extensions.autodetection.enabled", Boolean.toString(withIt))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    @Test
    void whatIsSkippedBeforeEachTestIsNotRed() {
        TestExecutionSummary summary = run(SkippedBeforeEach.class, true);

        assertThat(summary.getTestsAbortedCount()).isEqualTo(1);
        assertThat(summary.getTotalFailureCount()).isZero();
    }

    @Test
    void whatIsSkippedBeforeAllTestsIsNotRed() {
        TestExecutionSummary summary = run(SkippedBeforeAll.class, true);

        assertThat(summary.getContainersAbortedCount()).isEqualTo(1);
        assertThat(summary.getTotalFailureCount()).isZero();
    }

    @Test
    void withoutItBothAreRed() {
        assertThat(run(SkippedBeforeEach.class, false).getTotalFailureCount()).isEqualTo(1);
        assertThat(run(SkippedBeforeAll.class, false).getTotalFailureCount()).isEqualTo(1);
    }

    @Test
    void whatWasNotSkippedHasToEnd() {
        assertThat(run(FailsToEnd.class, true).getTotalFailureCount()).isEqualTo(1);
    }
}
