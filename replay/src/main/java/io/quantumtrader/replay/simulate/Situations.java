package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;

/** Which reasons were given, and which races were met. */
final class Situations implements Watcher {

  private static final long MINUTE_MS = 60_000;
  private static final BigDecimal GAP = new BigDecimal("0.003");

  private final Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
  private final Set<Race> races = EnumSet.noneOf(Race.class);
  private final Map<String, ApplyPlan> open = new HashMap<>();
  private final Set<String> submitted = new HashSet<>();
  private final Set<String> orphans = new HashSet<>();
  private final Map<String, PositionLedger> rows = new HashMap<>();

  /** Returns the reasons that were given. */
  Set<ReasonCode> codes() {
    return codes;
  }

  /** Returns the races that were met. */
  Set<Race> races() {
    return races;
  }

  private void code(String name) {
    ReasonCode.named(name).ifPresent(codes::add);
  }

  @Override
  public void plan(ApplyPlan plan) {
    open.put(plan.getPlanId(), plan);
    plan.getNotes().forEach(this::code);
  }

  @Override
  public void decision(Decision decision) {
    code(decision.getCode());
    for (NumberOf number : decision.getNumbers()) {
      if (number.getName().equals("note")) {
        code(number.getValue());
      }
      if (decision.getCode().equals(ReasonCode.POSITION_LIMIT.name())
          && number.getName().equals("reservations")
          && !number.getValue().equals("0")) {
        races.add(Race.FULL_BY_RESERVATIONS);
      }
    }
  }

  @Override
  public void calibrated(HarvestProposal proposal) {
    if (proposal.getCalibration() != null) {
      code(proposal.getCalibration().getCode());
    }
  }

  @Override
  public void universe(Universe list) {
    code(list.getCode());
  }

  @Override
  public void letter(LogEntry letter) {
    for (Header header : letter.headers()) {
      if (header.key().equals(DeadLetter.REASON)) {
        code(new String(header.value(), UTF_8));
      }
    }
  }

  @Override
  public void ledger(PositionLedger row) {
    rows.put(row.getAccount() + ":" + row.getSymbol(), row);
  }

  @Override
  public void result(ApplyResult result, boolean rogue) {
    if (rogue) {
      return;
    }
    code(result.getCode());
    ApplyPlan plan = open.get(result.getPlanId());
    if (plan != null) {
      ofPlan(result, plan);
    } else if (result.getOrigin() == ResultOrigin.STOP
        || result.getOrigin() == ResultOrigin.TARGET) {
      ofProtection(result);
    }
  }

  private void ofPlan(ApplyResult result, ApplyPlan plan) {
    boolean entry = plan.getAction() == PlanAction.ENTRY;
    boolean late = result.getAtMs() >= plan.getPermit().getExpiresAtMs();
    when(entry && late && result.getFill() != null, Race.FILL_AFTER_THE_PERMIT);
    when(entry && result.getFill() != null && !result.getFinalResult(), Race.PART_FILL_OF_AN_ENTRY);
    when(entry && result.getOutcome() == ResultOutcome.LAPSED, Race.ENTRY_LAPSED);
    when(entry && result.getOutcome() == ResultOutcome.UNRESOLVED, Race.ENTRY_UNRESOLVED);
    when(result.getOutcome() == ResultOutcome.ALREADY_FLAT, Race.CLOSE_FINDS_NOTHING);
    if (result.getOutcome() == ResultOutcome.SUBMITTING) {
      submitted.add(result.getPlanId());
    }
    if (result.getFinalResult()) {
      when(orphans.contains(result.getPlanId()), Race.EXECUTOR_DIED_WITH_A_PLAN);
      open.remove(result.getPlanId());
      submitted.remove(result.getPlanId());
    }
  }

  private void ofProtection(ApplyResult result) {
    boolean closing =
        open.values().stream()
            .anyMatch(
                plan ->
                    plan.getReduceOnly()
                        && plan.getAccount().equals(result.getAccount())
                        && plan.getSymbol().equals(result.getSymbol()));
    when(closing, Race.STOP_WITH_A_CLOSE_IN_FLIGHT);
    PositionLedger row = rows.get(result.getAccount() + ":" + result.getSymbol());
    if (row == null || row.getSide() == PositionSide.FLAT || row.getOpenedAtMs() == null) {
      return;
    }
    boolean stop = result.getOrigin() == ResultOrigin.STOP;
    when(
        stop && result.getAtMs() - row.getOpenedAtMs() <= MINUTE_MS,
        Race.STOP_RIGHT_AFTER_THE_ENTRY);
    BigDecimal trigger = row.getStopPrice();
    if (stop && trigger != null && result.getFill() != null) {
      BigDecimal beyond = trigger.subtract(result.getFill().getPrice());
      BigDecimal worse = row.getSide() == PositionSide.LONG ? beyond : beyond.negate();
      when(worse.compareTo(trigger.multiply(GAP)) > 0, Race.GAP_THROUGH_A_STOP);
    }
  }

  private void when(boolean met, Race race) {
    if (met) {
      races.add(race);
    }
  }

  /** Notes that the executor is gone. */
  void executorDied() {
    orphans.addAll(submitted);
  }

  /** Notes that an executor was refused whose place another one had taken. */
  void replacedExecutorRefused() {
    races.add(Race.REPLACED_EXECUTOR_REFUSED);
  }

  /** Notes that a task with accounts dies. */
  void accountTaskDied() {
    when(
        open.values().stream().anyMatch(plan -> plan.getAction() == PlanAction.ENTRY),
        Race.TASK_DIED_WITH_A_RESERVATION);
  }
}
