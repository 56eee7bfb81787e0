package com.peerllm.host;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house, for the host and the desktop: who may use whom, and what belongs in one place only. */
class HouseRulesTest {
    private static final String HOST = "com.peerllm.host";

    /** A package may use only those before it. */
    private static final List<String> ARROWS = List.of(
            "hardware",
            "published",
            "catalog",
            "modelstore",
            "engine",
            "availability",
            "session",
            "earnings",
            "reputation",
            "answering",
            "chats",
            "listings");

    /** Used by all of the above; each may use only those before it. */
    private static final List<String> GROUND = List.of("kernel", "platform", "settings", "storage");

    /** Where the program begins and everything is put together. */
    private static final List<String> COMPOSITION = List.of("Surroundings", "HostMain");

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("com.peerllm");
    }

    @TestFactory
    Stream<DynamicTest> theArrowsPointOneWay() {
        List<String> order = new ArrayList<>(GROUND);
        order.addAll(ARROWS);
        return IntStream.range(0, order.size()).mapToObj(i -> {
            String room = order.get(i);
            String[] later = Stream.concat(
                            order.subList(i + 1, order.size()).stream(), Stream.of("cli", "localapi", "update"))
                    .map(HouseRulesTest::room)
                    .toArray(String[]::new);
            ArchRule rule = noClasses()
                    .that(resideInAPackage(room(room)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(later).or(inTheRootOfTheHost()))
                    .as(room + " uses only what stands left of it");
            return DynamicTest.dynamicTest(room, () -> rule.check(house));
        });
    }

    private static String room(String name) {
        return HOST + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> inTheRootOfTheHost() {
        return DescribedPredicate.describe(
                "in the host's root", c -> c.getPackageName().equals(HOST));
    }

    @Test
    void roomsDoNotTurnInCircles() {
        slices().matching(HOST + ".(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void aHostNeedsNoScreen() {
        noClasses()
                .that(resideInAPackage(HOST + "..").or(resideInAPackage("com.peerllm.shared..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("javafx..", "com.peerllm.desktop..", "atlantafx.."))
                .check(house);
    }

    @Test
    void sqlIsSpokenInStorageOnly() {
        noClasses()
                .that(resideInAPackage(HOST + "..").and(DescribedPredicate.not(resideInAPackage(room("storage")))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.flywaydb..", "com.zaxxer.."))
                .check(house);
    }

    @Test
    void nativeCodeIsCalledInTheEnginesWorkerOnly() {
        noClasses()
                .that(resideInAPackage("com.peerllm..")
                        .and(DescribedPredicate.not(resideInAPackage(HOST + ".engine.worker.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.foreign.."))
                .check(house);
    }

    @Test
    void theWorkerStaysSmall() {
        noClasses()
                .that(resideInAPackage(HOST + ".engine.worker.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("okhttp3..", "org.h2..", "oshi..", "javafx..", "picocli.."))
                .check(house);
    }

    @Test
    void thereIsNoStaticMutableState() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage("com.peerllm.."))
                .should(beFinal())
                .check(house);
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage("com.peerllm.."))
                .should()
                .haveRawType(resideInAnyPackage("java.util.concurrent..")
                        .or(DescribedPredicate.describe("a mutable holder", HouseRulesTest::isMutableHolder)))
                .check(house);
    }

    private static boolean isMutableHolder(JavaClass type) {
        return Stream.of("Signal", "ThreadLocal", "ArrayList", "HashMap", "LinkedHashMap", "HashSet")
                .anyMatch(name -> type.getSimpleName().equals(name));
    }

    @Test
    void timeThreadsAndChanceArePassedIn() {
        noClasses()
                .that(resideInAPackage(HOST + "..")
                        .and(DescribedPredicate.not(resideInAPackage(HOST + ".engine.worker..")))
                        .and(DescribedPredicate.describe(
                                "outside the composition", c -> !COMPOSITION.contains(c.getSimpleName()))))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(house);
    }

    @Test
    void onlyTheProgramEndsTheProgram() {
        noClasses()
                .that(resideInAPackage(HOST + "..")
                        .and(DescribedPredicate.not(resideInAPackage(HOST + ".engine.worker..")))
                        .and(DescribedPredicate.describe(
                                "outside HostMain", c -> !c.getName().startsWith(HOST + ".HostMain"))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(house);
    }

    @Test
    void viewsNeverTouchHostServices() {
        noClasses()
                .that(resideInAPackage("com.peerllm.desktop..").and(simpleNameEndingWith("View")))
                .should()
                .dependOnClassesThat(resideInAPackage(HOST + ".."))
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void viewModelsNeverTouchNodes() {
        noClasses()
                .that(resideInAPackage("com.peerllm.desktop..").and(simpleNameEndingWith("ViewModel")))
                .should()
                .dependOnClassesThat(resideInAPackage("javafx.scene.."))
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that(resideInAnyPackage("com.peerllm.host..", "com.peerllm.desktop..", "com.peerllm.shared.."))
                .should(new NamePlainly())
                .check(house);
    }
}
