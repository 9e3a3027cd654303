package io.quantumtrader.compose.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.streams.processor.PunctuationType;

/** The laws of the code base, readable in one place. */
@AnalyzeClasses(
    packages = "io.quantumtrader",
    importOptions = {DoNotIncludeTests.class, LawsTest.NoTestJars.class})
final class LawsTest {

  /** The exception that docs/adr/0014 names: orders of operators while no clock comes. */
  private static final String DEAD_FEED = "io.quantumtrader.topology.account.DeadFeed";

  /** Hands everything on that a stage asks its context for, what it schedules as well. */
  private static final String COUNTING = "io.quantumtrader.topology.live.CountingContext";

  /** Hands the same on, for a processor of the DSL that runs without Streams. */
  private static final String FIXED_KEY = "io.quantumtrader.topology.export.FixedKeyStage";

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
          .and()
          .doNotHaveFullyQualifiedName(COUNTING)
          .and()
          .haveNameNotMatching(FIXED_KEY.replace(".", "\\.") + "(\\$.*)?")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(PunctuationType.class, Clock.class)
          .because("now is the greatest clock record that a stage has seen");

  /** Each module with those that it may know. The last one, which these tests are in, knows all. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("schemas", Set.of()),
          Map.entry("topology", Set.of("schemas")),
          Map.entry("binance", Set.of("schemas")),
          Map.entry("execution", Set.of("schemas", "binance")),
          Map.entry("market", Set.of("schemas", "binance")),
          Map.entry("agents", Set.of("schemas")),
          Map.entry("connectors", Set.of("schemas")),
          Map.entry(
              "replay", Set.of("schemas", "topology", "binance", "execution", "market", "agents")),
          Map.entry("console", Set.of("schemas", "topology", "replay")),
          Map.entry(
              "app",
              Set.of(
                  "schemas",
                  "topology",
                  "binance",
                  "execution",
                  "market",
                  "agents",
                  "replay",
                  "console",
                  "connectors")),
          Map.entry(
              "compose",
              Set.of(
                  "schemas",
                  "topology",
                  "binance",
                  "execution",
                  "market",
                  "agents",
                  "replay",
                  "console",
                  "connectors",
                  "app")));

  /** Maven holds it too, by what the poms name; this also holds where a pom names too much. */
  @ArchTest
  static void modulesKnowOnlyThoseBelow(JavaClasses classes) {
    for (Map.Entry<String, Set<String>> module : MAY_KNOW.entrySet()) {
      String[] others =
          MAY_KNOW.keySet().stream()
              .filter(other -> !other.equals(module.getKey()))
              .filter(other -> !module.getValue().contains(other))
              .map(LawsTest::packages)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(packages(module.getKey()))
          .should()
          .dependOnClassesThat(resideInAnyPackage(others))
          .check(classes);
    }
  }

  private static String packages(String module) {
    return "io.quantumtrader." + module + "..";
  }

  @ArchTest
  static final ArchRule onlyTheEmbeddedStackKnowsOfServers =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.quantumtrader.compose..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "kafka..",
                  "scala..",
                  "redis.embedded..",
                  "org.apache.kafka.server..",
                  "org.apache.kafka.controller..",
                  "org.apache.kafka.metadata..",
                  "org.apache.kafka.raft..",
                  "org.apache.kafka.connect.runtime..",
                  "org.apache.kafka.connect.cli.."))
          .because("the class path of a service has no broker, no Scala, no Redis and no Connect");

  @ArchTest
  static final ArchRule whatIsForTestsIsNotInTheMainJars =
      noClasses()
          .should()
          .resideInAPackage("..testing..")
          .orShould()
          .haveSimpleNameStartingWith("Mock")
          .orShould()
          .haveSimpleNameStartingWith("Fake")
          .because("packages called testing go into the test jar of their module");

  @ArchTest
  static final ArchRule theGenericConnectorKnowsNothingOfTrading =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.connectors.redis..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.quantumtrader..")
                  .and(resideInAPackage("io.quantumtrader.connectors.redis..").negate()))
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
    for (String module : MAY_KNOW.keySet()) {
      if (classes.stream()
          .noneMatch(type -> type.getPackageName().startsWith("io.quantumtrader." + module))) {
        throw new AssertionError("no class of module " + module + " was looked at");
      }
    }
  }

  /** The test jars of other modules, which are no directory called test-classes. */
  static final class NoTestJars implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
