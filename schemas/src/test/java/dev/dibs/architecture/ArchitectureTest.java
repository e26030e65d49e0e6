package dev.dibs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.dibs.tail.LedgerTail;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What this module's classes may know of. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.dibs");

    /** Whatever decides, or is decided about. */
    private static final String[] PURE = {
        "dev.dibs.ledger..",
        "dev.dibs.events..",
        "dev.dibs.ids..",
        "dev.dibs.activity..",
        "dev.dibs.funnel..",
        "dev.dibs.measures.."
    };

    @Test
    void thereIsNoSpringHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void whatDecidesHasNoClock() {
        withoutClock(PURE).check(CLASSES);
    }

    @Test
    void whatDecidesHasNoRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void whatDecidesReachesNothingOutside() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "org.apache.kafka..",
                        "org.slf4j..",
                        "tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void theLedgerKnowsOnlyWhatItDecidesAbout() {
        classes()
                .that()
                .resideInAPackage("dev.dibs.ledger")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.dibs.ledger", "dev.dibs.events", "dev.dibs.ids", "java..")
                .check(CLASSES);
    }

    @Test
    void aRuleThatIsBrokenIsSeen() {
        // The tail may have a clock; were it to decide, this is what would be said.
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> withoutClock("dev.dibs.tail..").check(CLASSES))
                .withMessageContaining(LedgerTail.class.getSimpleName());
    }

    private static ArchRule withoutClock(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now");
    }
}
