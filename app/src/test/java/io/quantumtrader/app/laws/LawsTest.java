package io.quantumtrader.app.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.streams.processor.PunctuationType;

/** The laws of the code base, readable in one place. */
@AnalyzeClasses(packages = "io.quantumtrader", importOptions = DoNotIncludeTests.class)
final class LawsTest {

  /** The exception that docs/adr/0014 names: orders of operators while no clock comes. */
  private static final String DEAD_FEED = "io.quantumtrader.topology.account.DeadFeed";

  @ArchTest
  static final ArchRule decisionsKnowNothingOfKafkaAndItsSurroundings =
      noClasses()
          .that()
          .resideInAPackage("..decision..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "org.slf4j..")
                  .or(resideInAPackage("org.apache.kafka..")))
          .because("a decision is a function from input, snapshot, policy and now");

  @ArchTest
  static final ArchRule decisionsReadNoClockNoEnvironmentAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("..decision..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              Clock.class,
              Random.class,
              ThreadLocalRandom.class,
              UUID.class,
              Thread.class,
              ThreadLocal.class)
          .because("replaying the same input gives the same bytes");

  @ArchTest
  static final ArchRule stagesHaveOneClock =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.topology..")
          .and()
          .doNotHaveFullyQualifiedName(DEAD_FEED)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(PunctuationType.class, Clock.class)
          .because("now is the greatest clock record that a stage has seen");

  @ArchTest
  static final ArchRule schemasDependOnNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.schemas..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quantumtrader.topology..",
                  "io.quantumtrader.execution..",
                  "io.quantumtrader.connectors..",
                  "io.quantumtrader.compose..",
                  "io.quantumtrader.app.."));

  @ArchTest
  static final ArchRule topologyAndExecutionDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.topology..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quantumtrader.execution..",
                  "io.quantumtrader.connectors..",
                  "io.quantumtrader.compose..",
                  "io.quantumtrader.app.."));

  @ArchTest
  static final ArchRule executionKnowsSchemasOnly =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.execution..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quantumtrader.topology..",
                  "io.quantumtrader.connectors..",
                  "io.quantumtrader.compose..",
                  "io.quantumtrader.app.."));

  @ArchTest
  static final ArchRule theGenericConnectorKnowsNothingOfTrading =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.connectors.redis..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quantumtrader.schemas..",
                  "io.quantumtrader.topology..",
                  "io.quantumtrader.execution..",
                  "io.quantumtrader.connectors.legacy..",
                  "io.quantumtrader.compose..",
                  "io.quantumtrader.app.."))
          .because("it serves anyone who needs Redis beside Kafka");

  @ArchTest
  static final ArchRule onlyTheMetricsKnowOfMicrometer =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.quantumtrader.app.metrics..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.prometheus.."))
          .because("what counts inside a transaction would count what was rolled back");

  @ArchTest
  static final ArchRule namesSayTheRole =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader..")
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils");

  @ArchTest
  static void allModulesAreLookedAt(JavaClasses classes) {
    for (String module :
        new String[] {"schemas", "topology", "execution", "connectors", "compose", "app"}) {
      if (classes.stream()
          .noneMatch(type -> type.getPackageName().startsWith("io.quantumtrader." + module))) {
        throw new AssertionError("no class of module " + module + " was looked at");
      }
    }
  }
}
