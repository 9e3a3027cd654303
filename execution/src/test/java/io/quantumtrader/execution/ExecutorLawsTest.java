package io.quantumtrader.execution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;

/** The executor is read from the top down, and knows no exchange by its class. */
@AnalyzeClasses(packages = "io.quantumtrader.execution", importOptions = DoNotIncludeTests.class)
final class ExecutorLawsTest {

  private static final String PACKAGE = "io.quantumtrader.execution.executor";

  /** From the desk down to the protective orders: each asks the next one. */
  private static final String DESK = PACKAGE + ".(PartitionExecutor|PlanRunner|Protection)";

  @ArchTest
  static final ArchRule noClassOfTheExecutorComesBackToItself =
      slices()
          .assignedFrom(new ByOutermostClass())
          .should()
          .beFreeOfCycles()
          .because("what calls and is called in turn can only be read as one");

  @ArchTest
  static final ArchRule noPackageComesBackToItself =
      slices().matching("io.quantumtrader.execution.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theDeskIsNotCalledBack =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat()
          .haveNameMatching(DESK + "(\\$.*)?")
          .should(takeAFunction())
          .because("what came of a call is what it returns");

  @ArchTest
  static final ArchRule theDeskIsNobodysListener =
      classes()
          .that()
          .haveNameMatching(DESK)
          .should(implementNothing())
          .because("a listener is a call back under another name");

  @ArchTest
  static final ArchRule theExecutorAsksNoExchangeForItsClass =
      noClasses()
          .that()
          .resideInAPackage(PACKAGE)
          .should(askForTheClassOfAnExchange())
          .because("what an exchange needs it says by its market link");

  @ArchTest
  static final ArchRule onlyTheServiceKnowsThePaperExchange =
      noClasses()
          .that()
          .resideInAPackage(PACKAGE)
          .and()
          .doNotHaveFullyQualifiedName(PACKAGE + ".PlanExecutor")
          .should()
          .dependOnClassesThat(resideInAPackage("io.quantumtrader.execution.paper.."))
          .because("another exchange is to fit in without a change in the executor");

  /** Each class of the executor, with the classes inside it. */
  private static final class ByOutermostClass implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      if (!type.getPackageName().equals(PACKAGE)) {
        return SliceIdentifier.ignore();
      }
      JavaClass outermost = type;
      while (outermost.getEnclosingClass().isPresent()) {
        outermost = outermost.getEnclosingClass().get();
      }
      return SliceIdentifier.of(outermost.getSimpleName());
    }

    @Override
    public String getDescription() {
      return "classes of the executor";
    }
  }

  private static ArchCondition<JavaCodeUnit> takeAFunction() {
    return new ArchCondition<>("take a function") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean takes = unit.getRawParameterTypes().stream().anyMatch(ExecutorLawsTest::isFunction);
        events.add(
            new SimpleConditionEvent(unit, takes, unit.getDescription() + " takes a function"));
      }
    };
  }

  /** A function of the JDK, or an interface of our own that a lambda could implement. */
  private static boolean isFunction(JavaClass type) {
    if (type.getPackageName().equals("java.util.function")) {
      return true;
    }
    long methods =
        type.getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
            .count();
    return type.isInterface() && type.getPackageName().equals(PACKAGE) && methods == 1;
  }

  private static ArchCondition<JavaClass> implementNothing() {
    return new ArchCondition<>("implement nothing") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean nothing = type.getRawInterfaces().isEmpty();
        events.add(
            new SimpleConditionEvent(
                type, nothing, type.getName() + " implements " + type.getRawInterfaces()));
      }
    };
  }

  private static ArchCondition<JavaClass> askForTheClassOfAnExchange() {
    return new ArchCondition<>("ask an exchange for its class") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (InstanceofCheck check : type.getInstanceofChecks()) {
          JavaClass asked = check.getRawType();
          boolean exchange =
              asked.isAssignableTo(Exchange.class) || asked.isAssignableTo(MarketLink.class);
          String where = check.getOwner().getFullName() + ":" + check.getLineNumber();
          events.add(
              new SimpleConditionEvent(type, exchange, where + " asks for " + asked.getName()));
        }
      }
    };
  }
}
