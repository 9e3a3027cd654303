package io.quantumtrader.replay.incident;

import io.quantumtrader.replay.result.EquityPoint;
import io.quantumtrader.replay.result.ResultFold;
import io.quantumtrader.replay.result.Results;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Folds the records of a run into what became of the input. For one thread. */
final class NowFold {

  /** What it is given. */
  static final Set<Topic> TOPICS =
      Set.of(
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.POSITION_LEDGER,
          Topic.POSITION_SNAPSHOT,
          Topic.PORTFOLIO_STATE,
          Topic.EXCHANGE_INCOME,
          Topic.HARVEST_CALIBRATED,
          Topic.DECISION);

  /** What the heat gate says of a close that it holds back. */
  static final Set<String> HOLDS =
      Set.of(ReasonCode.HEAT_HOLD.name(), ReasonCode.HEAT_STOP_INSTEAD.name());

  private final ResultFold results = new ResultFold();
  private final Map<String, String> intents = new LinkedHashMap<>();
  private final Map<String, PositionLedger> rows = new TreeMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();
  private final SortedMap<String, Long> held = new TreeMap<>();
  private final Map<String, String> examples = new LinkedHashMap<>();
  private final List<HarvestProposal> calibrated = new ArrayList<>();
  private final List<ApplyResult> fills = new ArrayList<>();

  /** Takes a record of {@link #TOPICS}. */
  void accept(SpecificRecord record) {
    results.accept(record);
    switch (record) {
      case Decision decision -> take(decision);
      case HarvestProposal proposal -> take(proposal);
      case PositionSnapshot snapshot -> watched.add(snapshot.getSymbol());
      case PositionLedger row -> take(row);
      case ApplyResult result -> take(result);
      default -> {
        // The results are made of the others.
      }
    }
  }

  /** The last word about an intent is its denial, or else what granted it. */
  private void take(Decision decision) {
    if (decision.getCauseType() != CauseType.INTENT || decision.getVerdict() == Verdict.RECORDED) {
      return;
    }
    boolean denied = decision.getVerdict() == Verdict.DENIED;
    if (denied) {
      intents.put(decision.getCauseId(), decision.getCode());
    } else {
      intents.putIfAbsent(decision.getCauseId(), "");
    }
    examples.putIfAbsent(
        decision.getCode(),
        "%s %s %s: %s"
            .formatted(
                DayTime.minute(decision.getAtMs()),
                decision.getSymbol(),
                decision.getCode(),
                numbers(decision)));
  }

  private static String numbers(Decision decision) {
    return decision.getNumbers().stream()
        .map(number -> number.getName() + "=" + number.getValue())
        .collect(Collectors.joining(" "));
  }

  private void take(HarvestProposal proposal) {
    calibrated.add(proposal);
    Calibration calibration = proposal.getCalibration();
    if (calibration != null && HOLDS.contains(calibration.getCode())) {
      held.merge(calibration.getCode(), 1L, Long::sum);
    }
  }

  private void take(ApplyResult result) {
    if (result.getFill() != null) {
      fills.add(result);
    }
  }

  private void take(PositionLedger row) {
    rows.put(row.getAccount() + ":" + row.getSymbol(), row);
    if (row.getSide() != PositionSide.FLAT && row.getStopPrice() != null) {
      stopped.add(row.getPositionId());
    }
  }

  /** Returns the proposals with what the heat gate made of them, in the order of time. */
  List<HarvestProposal> calibrated() {
    return List.copyOf(calibrated);
  }

  /** Returns the results that carry a fill, in the order of time. */
  List<ApplyResult> fills() {
    return List.copyOf(fills);
  }

  /** Returns what the run came to. */
  Results results() {
    return results.results();
  }

  /** Returns what became of the input. */
  IncidentOutcome outcome() {
    SortedMap<String, Long> refused = new TreeMap<>();
    intents.values().stream()
        .filter(code -> !code.isEmpty())
        .forEach(code -> refused.merge(code, 1L, Long::sum));
    Results of = results.results();
    return new IncidentOutcome(
        intents.values().stream().filter(String::isEmpty).count(),
        refused,
        of.opened(),
        of.curve().points().stream().mapToInt(EquityPoint::open).max().orElse(0),
        of.curve().maxExposure(),
        watched.size(),
        stopped.size(),
        held,
        of.closes(),
        (int) rows.values().stream().filter(row -> row.getSide() != PositionSide.FLAT).count(),
        List.copyOf(examples.values()));
  }
}
