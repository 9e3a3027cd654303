package io.quantumtrader.topology.codes;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Calibration;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.errors.DeadLetters;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;

/** Everything that one step of a scenario made. */
record Outcome(
    List<Decision> decisions,
    List<ApplyPlan> plans,
    List<Permit> permits,
    List<Universe> universes,
    List<HarvestProposal> calibrated,
    List<String> deadLetters) {

  static Outcome of(Desk desk) {
    return new Outcome(
        desk.decisions(),
        desk.plans(),
        desk.permits(),
        desk.universes(),
        desk.calibrated(),
        desk.deadLetters().stream().map(Outcome::reason).toList());
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    Header header = letter.headers().lastHeader(DeadLetters.REASON);
    return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Returns the numbers of a decision as name=value. */
  static List<String> numbers(Decision decision) {
    return decision.getNumbers().stream()
        .map(each -> each.getName() + "=" + each.getValue())
        .toList();
  }

  /** Returns what a decision looked up as table/key@age. */
  static List<String> lookups(Decision decision) {
    return decision.getLookups().stream()
        .map(
            each ->
                each.getTable().replaceFirst("^quantum\\.", "")
                    + "/"
                    + each.getKey()
                    + "@"
                    + (each.getAgeMs() == null ? "none" : each.getAgeMs()))
        .toList();
  }

  /** Returns name and version of the policy that a decision was made under. */
  static String policy(Decision decision) {
    return decision.getPolicyName() + "/" + decision.getPolicyVersion();
  }

  /** Returns all of it as text, a line for each record; ids of plans are left out. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Decision each : decisions) {
      line(text, "decision", each.getAccount(), each.getStage(), each.getVerdict(), each.getCode());
      line(text, "  cause", each.getCauseType(), each.getSymbol(), each.getSide());
      line(text, "  numbers", numbers(each).toArray());
      line(text, "  policy", policy(each));
      line(text, "  looked up", lookups(each).toArray());
    }
    for (ApplyPlan each : plans) {
      line(
          text,
          "plan",
          each.getAccount(),
          each.getSymbol(),
          each.getAction(),
          each.getSide(),
          plain(each.getQuantity()),
          "at",
          plain(each.getPrice()),
          each.getTrigger(),
          each.getPermit().getKind(),
          each.getPolicyName() + "/" + each.getPolicyVersion(),
          each.getNotes());
    }
    for (HarvestProposal each : calibrated) {
      Calibration gate = each.getCalibration();
      line(
          text,
          "calibrated",
          each.getAccount(),
          each.getAction(),
          "to",
          gate.getAction(),
          gate.getCalibrated(),
          gate.getCode(),
          gate.getLevel(),
          gate.getHeat(),
          gate.getMode(),
          gate.getClosePolicy());
    }
    for (Universe each : universes) {
      line(text, "list", each.getName(), each.getCode(), each.getSymbols());
    }
    deadLetters.forEach(each -> line(text, "dead letter", each));
    return text.toString();
  }

  private static void line(StringBuilder text, String head, Object... rest) {
    text.append(head);
    for (Object each : rest) {
      text.append(' ').append(each);
    }
    text.append('\n');
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
