package io.quantumtrader.topology.codes;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Stage;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios of the codes that this module makes. */
final class Scenarios {

  /** Codes of stages that begin so are made by the executor, and provoked in its module. */
  static final String ELSEWHERE = "executor";

  /** Nor is the console. */
  private static final String CONSOLE = Stage.CONSOLE.label();

  private static final List<Scenario> ALL =
      Stream.of(
              BridgeScenarios.all(),
              GovernorScenarios.all(),
              GateScenarios.all(),
              ExitScenarios.all(),
              LedgerScenarios.all(),
              MarketScenarios.all(),
              DeadLetterScenarios.all())
          .flatMap(each -> each)
          .toList();

  private Scenarios() {}

  /** Returns all scenarios, in the order of the groups. */
  static List<Scenario> all() {
    return ALL;
  }

  /** Returns the codes that must have a scenario here. */
  static Stream<ReasonCode> codes() {
    return Stream.of(ReasonCode.values())
        .filter(code -> !code.stage().startsWith(ELSEWHERE))
        .filter(code -> !code.stage().equals(CONSOLE));
  }

  /**
   * Returns the scenario of a code.
   *
   * @throws AssertionError where there is none, or more than one
   */
  static Scenario of(ReasonCode code) {
    List<Scenario> found = ALL.stream().filter(each -> each.code() == code).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          code
              + " (stage \""
              + code.stage()
              + "\") has "
              + found.size()
              + " scenarios, and needs one: add to the class of its stage in"
              + " topology/src/test/java/io/quantumtrader/topology/codes how the code comes about"
              + " through the whole topology, then write what comes out with"
              + " -Dtest=EveryCodeTest -Dquantum.docs.write=true and read it. A code that nothing"
              + " can provoke is taken out of ReasonCode.");
    }
    return found.get(0);
  }
}
