package io.quantumtrader.compose.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test that starts a broker, a registry, Redis, Connect or any other process is slow, and carries
 * the tag {@code real}: {@code mvn test} leaves it out, {@code mvn verify} runs it.
 */
final class RealPartsTest {

  private static final String TAG = "real";
  private static final List<String> MODULES =
      List.of(
          "schemas",
          "topology",
          "binance",
          "execution",
          "market",
          "agents",
          "replay",
          "connectors",
          "app",
          "compose");

  /** What starts something: classes by name or by the beginning of it. */
  private static final List<String> REAL =
      List.of(
          "java.lang.ProcessBuilder",
          "org.apache.kafka.common.test.",
          "org.apache.kafka.connect.cli.",
          "org.apache.kafka.connect.runtime.distributed.",
          "redis.embedded.",
          "io.quantumtrader.compose.Embedded",
          "io.quantumtrader.compose.StackParts",
          "io.quantumtrader.compose.StackStart",
          "io.quantumtrader.compose.process.ChildProcess",
          "io.quantumtrader.compose.process.ProcessGuard",
          "io.quantumtrader.compose.testing.",
          "io.quantumtrader.compose.up.UpRun");

  private static final String STACK = "io.quantumtrader.compose.Stack";

  private static JavaClasses tests;

  @BeforeAll
  static void readTests() {
    tests =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream()
                    .map(module -> Path.of("..", module, "target", "test-classes"))
                    .toList());
    for (String module : MODULES) {
      assertThat(tests.stream().map(JavaClass::getPackageName))
          .as("tests of %s; with -pl compose, say -am", module)
          .anyMatch(name -> name.startsWith("io.quantumtrader." + module));
    }
  }

  @Test
  void shouldCarryTheTagWhereRealPartsAreUsed() {
    Set<String> untagged = new TreeSet<>();
    for (JavaClass test : testClasses()) {
      if (!isTagged(test)) {
        pathToRealPart(test).ifPresent(path -> untagged.add(test.getName() + ": " + path));
      }
    }
    assertThat(untagged)
        .as("write @Tag(\"real\") on each of these: it starts real parts, by what stands behind it")
        .isEmpty();
  }

  @Test
  void shouldCarryTheTagOnlyWhereRealPartsAreUsed() {
    Set<String> fast =
        testClasses().stream()
            .filter(RealPartsTest::isTagged)
            .filter(test -> pathToRealPart(test).isEmpty())
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(fast).as("without real parts, so that the tag hides them from mvn test").isEmpty();
  }

  private static List<JavaClass> testClasses() {
    List<JavaClass> found =
        tests.stream()
            .filter(each -> !each.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(each -> each.getName().endsWith("Test"))
            .toList();
    assertThat(found).hasSizeGreaterThan(150);
    return found;
  }

  private static boolean isTagged(JavaClass test) {
    return test.isAnnotatedWith(Tag.class)
        && test.getAnnotationOfType(Tag.class).value().equals(TAG);
  }

  private static boolean isReal(String name) {
    return name.equals(STACK) || REAL.stream().anyMatch(name::startsWith);
  }

  /** Returns how a test comes to a real part, through classes of the tests alone. */
  private static Optional<String> pathToRealPart(JavaClass test) {
    Set<String> seen = new HashSet<>();
    Deque<JavaClass> toSee = new ArrayDeque<>(List.of(test));
    while (!toSee.isEmpty()) {
      JavaClass each = toSee.remove();
      if (!seen.add(each.getName())) {
        continue;
      }
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (isReal(target.getName())) {
          return Optional.of(each.getSimpleName() + " uses " + target.getName());
        }
        if (tests.contain(target.getName())) {
          toSee.add(tests.get(target.getName()));
        }
      }
    }
    return Optional.empty();
  }
}
