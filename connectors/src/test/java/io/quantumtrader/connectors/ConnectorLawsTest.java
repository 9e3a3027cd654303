package io.quantumtrader.connectors;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.quantumtrader.connectors", importOptions = DoNotIncludeTests.class)
final class ConnectorLawsTest {

  @ArchTest
  static final ArchRule theSinkStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.connectors.redis..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.quantumtrader..")
                  .and(resideInAPackage("io.quantumtrader.connectors.redis..").negate()))
          .because("any Connect worker may use it, with any converter");

  @ArchTest
  static final ArchRule theMappingDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.quantumtrader.connectors.redis.format..",
              "io.quantumtrader.connectors.redis.expression..",
              "io.quantumtrader.connectors.redis.mapping..")
          .should()
          .dependOnClassesThat(resideInAPackage("io.lettuce.."))
          .because("what a record becomes is a function of record, mapping and now");
}
