package io.quantumtrader.execution.twin.compare;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the comparison of a session does and what it leaves to others. */
@AnalyzeClasses(
    packages = "io.quantumtrader.execution.twin.compare",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class CompareLawsTest {

  @ArchTest
  static final ArchRule itOnlyDecides =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..", "java.nio.file..", "java.net.http..", "java.time.."))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("the replay brings the lines and the twin's answers, and has the clock");
}
