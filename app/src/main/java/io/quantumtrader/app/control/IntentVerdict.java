package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What becomes of one intent: its verdict, and the last result of its plan. */
final class IntentVerdict {

  private final TradeIntent intent;
  private final Map<String, ApplyResult> results = new HashMap<>();
  private Optional<Decision> decision = Optional.empty();

  IntentVerdict(TradeIntent intent) {
    this.intent = intent;
  }

  /** Takes a record of the decisions or results, and returns whether the verdict is known. */
  boolean isDecidedBy(SpecificRecord record) {
    take(record);
    return decision.isPresent();
  }

  /** Takes a record of the decisions or results, and returns whether nothing more will follow. */
  boolean isFinishedBy(SpecificRecord record) {
    take(record);
    return isFinal();
  }

  private void take(SpecificRecord record) {
    if (record instanceof ApplyResult result) {
      if (result.getAccount().equals(intent.getAccount())) {
        results.put(result.getPlanId(), result);
      }
    } else if (record instanceof Decision made && isVerdict(made)) {
      decision = Optional.of(made);
    }
  }

  private boolean isVerdict(Decision made) {
    return IntentVerdicts.isVerdict(made, intent.getAccount())
        && made.getCauseId().equals(intent.getIntentId());
  }

  String intentId() {
    return intent.getIntentId();
  }

  boolean isGranted() {
    return decision.filter(made -> made.getVerdict() == Verdict.GRANTED).isPresent();
  }

  /** Returns whether the exchange has said its last about the plan. */
  boolean isFinal() {
    return result().filter(ApplyResult::getFinalResult).isPresent();
  }

  private Optional<ApplyResult> result() {
    return decision.map(Decision::getPlanId).map(results::get);
  }

  /** Returns the verdict for people. */
  List<String> toLines() {
    Decision made = decision.orElseThrow();
    List<String> lines = new ArrayList<>(Wrap.lines(DecisionText.verdict(made), "", "  "));
    lines.add(DecisionText.row("intent", intent.getIntentId()));
    if (made.getPlanId() != null && isGranted()) {
      lines.add(DecisionText.row("plan", made.getPlanId()));
    }
    if (made.getSide() != null && made.getQuantity() != null) {
      lines.add(
          DecisionText.row("order", made.getSide() + " " + RecordJson.plain(made.getQuantity())));
    }
    lines.addAll(DecisionText.numbers(made));
    lines.add(
        DecisionText.row("policy", made.getPolicyName() + " version " + made.getPolicyVersion()));
    if (made.getCode().equals(ReasonCode.SYMBOL_NOT_IN_UNIVERSE.name())) {
      lines.add(
          DecisionText.row(
              "to open it",
              "./quantum policy set allowedSymbols=%s --reason TEXT: then nothing else is"
                  .formatted(intent.getSymbol())));
    }
    if (isGranted()) {
      lines.add(DecisionText.row("exchange", result().map(ResultText::of).orElse("no answer yet")));
    }
    return lines;
  }

  /** Returns the intent with its verdict and its result as a JSON object; null what is unknown. */
  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("intentId", intent.getIntentId());
    node.put("verdict", decision.map(made -> made.getVerdict().name()).orElse(null));
    node.put("code", decision.map(Decision::getCode).orElse(null));
    node.set("intent", RecordJson.of(intent));
    node.set("decision", decision.map(RecordJson::of).orElse(null));
    node.set("result", result().map(RecordJson::of).orElse(null));
    return node;
  }
}
