package com.peerllm.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The orchestrator keeps the rules of docs/architecture.md. */
class HouseRulesTest {
    private static final String ROOT = "com.peerllm.orchestrator";
    private static final JavaClasses ORCHESTRATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses SHARED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.peerllm.shared");

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ORCHESTRATOR);
    }

    @Test
    void sqlStaysInStorage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.flywaydb..", "com.zaxxer..")
                .check(ORCHESTRATOR);
    }

    @Test
    void vertxStaysInTheRoomsThatSpeakToTheNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".jobs..",
                        ROOT + ".routing..",
                        ROOT + ".reputation..",
                        ROOT + ".telemetry..",
                        ROOT + ".ledger..",
                        ROOT + ".accounts..",
                        ROOT + ".admin..",
                        ROOT + ".payouts..",
                        ROOT + ".storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .check(ORCHESTRATOR);
    }

    @Test
    void decisionsKnowNeitherSocketsNorMoneyNorStorage() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".routing..", ROOT + ".reputation..", ROOT + ".admission..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".api..",
                        ROOT + ".hosts..",
                        ROOT + ".jobs..",
                        ROOT + ".ledger..",
                        ROOT + ".accounts..",
                        ROOT + ".storage..")
                .check(ORCHESTRATOR);
    }

    @Test
    void onlyTheRootWiresAndNothingUsesTheRoot() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(ORCHESTRATOR);
    }

    @Test
    void nothingIsStaticAndChangeable() {
        fields().that().areStatic().should().beFinal().check(ORCHESTRATOR);
        fields().that().areStatic().should().beFinal().check(SHARED);
    }

    @Test
    void foreignMemoryIsForTheEngineOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(ORCHESTRATOR);
    }

    @Test
    void theSharedVocabularyUsesTheJdkAndJacksonOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "com.peerllm.shared..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify..")
                .check(SHARED);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net.http..", "java.lang.foreign..")
                .check(SHARED);
        slices().matching("com.peerllm.shared.(*)..").should().beFreeOfCycles().check(SHARED);
    }

    @Test
    void clocksArePassedIn() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .and()
                .haveSimpleNameNotEndingWith("HostLink")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(ORCHESTRATOR);
    }
}
