package io.quantumtrader.execution.twin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The twin is read from the servers down to a core that is a function of what it is told. */
@AnalyzeClasses(
    packages = "io.quantumtrader.execution.twin",
    importOptions = DoNotIncludeTests.class)
final class TwinLawsTest {
  private static final String TWIN = "io.quantumtrader.execution.twin";

  @ArchTest
  static final ArchRule theCoreDoesNoInputAndOutput =
      noClasses()
          .that()
          .resideInAPackage(TWIN + ".core")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.io..",
                  "java.net..",
                  "java.nio..",
                  "java.time..",
                  "java.util.concurrent..",
                  "com.sun.net..",
                  "org.java_websocket..",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule theCoreReadsNoClock =
      noClasses()
          .that()
          .resideInAPackage(TWIN + ".core")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule eachLayerKnowsOnlyTheOnesBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("twin")
          .definedBy(TWIN)
          .layer("rest")
          .definedBy(TWIN + ".rest")
          .layer("stream")
          .definedBy(TWIN + ".stream")
          .layer("engine")
          .definedBy(TWIN + ".engine")
          .layer("core")
          .definedBy(TWIN + ".core")
          .whereLayer("twin")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("rest")
          .mayOnlyBeAccessedByLayers("twin")
          .whereLayer("stream")
          .mayOnlyBeAccessedByLayers("twin", "rest")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("twin", "rest", "stream");

  @ArchTest
  static final ArchRule theTwinKnowsNothingOfTheAdapter =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quantumtrader.execution.binance..",
                  "io.quantumtrader.execution.executor..",
                  "io.quantumtrader.binance.."))
          .because("two that agree because they share code prove nothing");
}
