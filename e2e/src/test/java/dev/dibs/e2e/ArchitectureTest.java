package dev.dibs.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** The rules of the house that the compiler does not check. */
class ArchitectureTest {
    private static final JavaClasses DIBS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.dibs");

    @Test
    void noServiceKnowsAnother() {
        noClasses()
                .that()
                .resideInAPackage("dev.dibs.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dibs.processor..", "dev.dibs.projector..")
                .check(DIBS);
        noClasses()
                .that()
                .resideInAPackage("dev.dibs.processor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dibs.api..", "dev.dibs.projector..")
                .check(DIBS);
        noClasses()
                .that()
                .resideInAPackage("dev.dibs.projector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dibs.api..", "dev.dibs.processor..")
                .check(DIBS);
    }

    @Test
    void noServiceKnowsOfEmbeddedServers() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.dibs.api..", "dev.dibs.processor..", "dev.dibs.projector..", "dev.dibs.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dibs.servers..", "dev.dibs.testkit..")
                .check(DIBS);
    }

    @Test
    void decidingCodeKnowsNeitherSpringNorServersNorTheClock() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.dibs.ledger..", "dev.dibs.api.admission..", "dev.dibs.processor.topology..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.lettuce..", "com.mongodb..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(DIBS);
    }

    @Test
    void theClaimStandsInFrontOfThePublishedAndTheVerdict() {
        noClasses()
                .that()
                .resideInAPackage("dev.dibs.api.claim..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.dibs.api.grab..", "dev.dibs.api.http..", "dev.dibs.api.recovery..")
                .check(DIBS);
        noClasses()
                .that()
                .resideInAnyPackage("dev.dibs.api.grab..", "dev.dibs.api.recovery..", "dev.dibs.api.verdict..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.dibs.api.http..")
                .check(DIBS);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(DIBS);
    }

    @Test
    void fieldsArePrivateOrFinal() {
        fields().that()
                .areNotPrivate()
                .and()
                .areDeclaredInClassesThat()
                .areTopLevelClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(DIBS);
    }
}
