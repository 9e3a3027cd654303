package io.quantumtrader.compose.laws;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a sub-topology keeps is changed in one place, by what was decided before. */
@AnalyzeClasses(
    packages = "io.quantumtrader.topology",
    importOptions = {ImportOption.DoNotIncludeTests.class, LawsTest.NoTestJars.class})
final class StateLawsTest {

  private static final String ACCOUNT = "io.quantumtrader.topology.account.";
  private static final String STATE = ACCOUNT + "AccountState";

  /** The row classes of the account's state, each with a store of its own behind it. */
  private static final String ROWS = ACCOUNT + "(StoredRows|SeenIds|WaitingEntries)";

  /** Parts of the state, which it alone changes: the line, the clock, which values are kept. */
  private static final String PARTS = ACCOUNT + "(WaitingEntries|AccountClock|SnapshotRows)";

  private static final String SYMBOL = "io.quantumtrader.topology.symbol.";

  /** Parts of the symbols' state, each with a store of its own behind it. */
  private static final String SYMBOL_PARTS =
      SYMBOL + "(SymbolBooks|MarkBook|OpenPositions|ExchangeViewBook)";

  @ArchTest
  static final ArchRule onlyRowsOfTheStateTouchTheStoresOfAccounts =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.topology.account..")
          .and()
          .haveNameNotMatching(ROWS)
          .should()
          .callMethodWhere(
              target(owner(named("org\\.apache\\.kafka\\.streams\\.state\\..*")))
                  .and(target(nameMatching("put.*|delete"))))
          .because("a stage that writes by itself could write before all is decided");

  @ArchTest
  static final ArchRule onlyTheStateChangesItsRows =
      noClasses()
          .that()
          .haveNameNotMatching(STATE + "|" + PARTS)
          .should()
          .callMethodWhere(
              target(owner(named(ACCOUNT + "StoredRows"))).and(target(nameMatching("put|delete"))))
          .because("what is decided becomes a change, and changes are made in one place");

  @ArchTest
  static final ArchRule onlyTheStateChangesItsParts =
      noClasses()
          .that()
          .haveNameNotMatching(STATE)
          .should()
          .callMethodWhere(
              target(owner(named(ACCOUNT + "(SeenIds|WaitingEntries|AccountClock|SnapshotRows)")))
                  .and(target(nameMatching("put|forget|add|removeFirst|remove|pass|passEpoch")))
                  .and(
                      DescribedPredicate.describe(
                          "from another class",
                          call -> !call.getOriginOwner().equals(call.getTargetOwner()))))
          .because("a part of the state is asked by the stages, and changed by the state");

  @ArchTest
  static final ArchRule onlyPartsOfTheStateTouchTheStoresOfSymbols =
      noClasses()
          .that()
          .resideInAPackage("io.quantumtrader.topology.symbol..")
          .and()
          .haveNameNotMatching(SYMBOL_PARTS)
          .should()
          .callMethodWhere(
              target(owner(named("org\\.apache\\.kafka\\.streams\\.state\\..*")))
                  .and(target(nameMatching("put.*|delete"))))
          .because("a stage that writes by itself could write before all is decided");

  @ArchTest
  static final ArchRule onlyTheStateChangesThePartsOfSymbols =
      noClasses()
          .that()
          .haveNameNotMatching(SYMBOL + "SymbolState|" + SYMBOL_PARTS)
          .should()
          .callMethodWhere(
              target(owner(named(SYMBOL_PARTS))).and(target(nameMatching("put|write"))))
          .because("what is decided becomes a change, and changes are made in one place");

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return DescribedPredicate.describe("named " + pattern, type -> type.getName().matches(pattern));
  }
}
