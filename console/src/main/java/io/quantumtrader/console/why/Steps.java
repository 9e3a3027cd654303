package io.quantumtrader.console.why;

import io.quantumtrader.console.runbook.RunbookPage;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.view.DecisionRow;
import io.quantumtrader.console.view.DecisionRow.NumberRow;
import io.quantumtrader.console.view.DecisionWords;
import io.quantumtrader.console.why.WhyRow.StepRow;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Records as steps of a way. */
final class Steps {

  private Steps() {}

  static StepRow of(TradeIntent intent) {
    StringBuilder words = new StringBuilder();
    words.append(source(intent.getSource())).append(" wants ").append(intent.getAction());
    words.append(' ').append(intent.getSymbol()).append(" for ").append(intent.getAccount());
    if (intent.getAmount() != null) {
      words.append(", ").append(intent.getSizing().name().toLowerCase(Locale.ROOT));
      words.append(' ').append(RecordJson.plain(intent.getAmount()));
    }
    if (intent.getLeverage() != null) {
      words.append(", leverage ");
      words.append(RecordJson.plain(BigDecimal.valueOf(intent.getLeverage())));
    }
    if (!intent.getReason().isEmpty()) {
      words.append(": ").append(intent.getReason());
    }
    return plain(intent.getCreatedAtMs(), "intent", "", words.toString());
  }

  private static String source(String source) {
    return source.isEmpty() ? "somebody" : source;
  }

  static StepRow of(Decision decision) {
    DecisionRow row = DecisionRow.of(decision);
    return new StepRow(
        row.atMs(),
        null,
        row.stage(),
        row.verdict(),
        row.code(),
        row.meaning().isEmpty() ? row.words() : row.meaning(),
        row.policyName().isEmpty() ? "" : "policy " + row.policyName() + " " + row.policyVersion(),
        row.numbers(),
        row.lookups(),
        runbook(row.code()));
  }

  static StepRow of(ApplyPlan plan) {
    String words =
        "plan %s: %s %s %s %s at %s, permit until %d ms later"
            .formatted(
                plan.getPlanId(),
                plan.getAction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                plan.getSide(),
                RecordJson.plain(plan.getQuantity()),
                plan.getSymbol(),
                RecordJson.plain(plan.getPrice()),
                plan.getPermit().getExpiresAtMs() - plan.getCreatedAtMs());
    return plain(plan.getCreatedAtMs(), "plan", "", words + prices(plan));
  }

  private static String prices(ApplyPlan plan) {
    return price(", stop ", plan.getStopPrice()) + price(", target ", plan.getTargetPrice());
  }

  private static String price(String name, BigDecimal price) {
    return price == null ? "" : name + DecisionWords.shortened(RecordJson.plain(price));
  }

  static StepRow of(Approval approval) {
    String words =
        "%s by %s: %s"
            .formatted(
                approval.getGranted() ? "approved" : "refused",
                approval.getGivenBy(),
                approval.getReason());
    return plain(
        approval.getAtMs(), "approval", approval.getGranted() ? "GRANTED" : "DENIED", words);
  }

  static StepRow of(ApplyResult result) {
    StringBuilder words = new StringBuilder();
    Fill fill = result.getFill();
    if (fill != null) {
      words.append(result.getSide()).append(' ').append(RecordJson.plain(fill.getQuantity()));
      words.append(' ').append(result.getSymbol()).append(" filled at ");
      words.append(RecordJson.plain(fill.getPrice())).append(", fee ");
      words.append(DecisionWords.shortened(RecordJson.plain(fill.getFee())));
    } else {
      words.append(result.getOutcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    ReasonCode.named(result.getCode()).ifPresent(code -> words.append(": ").append(code.meaning()));
    if (!result.getMessage().isEmpty()) {
      words.append(" The exchange says: ").append(result.getMessage());
    }
    return new StepRow(
        result.getAtMs(),
        null,
        "result",
        result.getOutcome().name(),
        result.getCode(),
        words + (result.getFinalResult() ? " (final)" : ""),
        "",
        numbers(result.getNumbers()),
        List.of(),
        result.getCode().isEmpty() ? "" : runbook(result.getCode()));
  }

  static StepRow of(PositionLedger row) {
    String words =
        "%s %s %s at %s%s"
            .formatted(
                row.getSide().name().toLowerCase(Locale.ROOT),
                RecordJson.plain(row.getQuantity()),
                row.getSymbol(),
                DecisionWords.shortened(RecordJson.plain(row.getEntryPrice())),
                price(", stop ", row.getStopPrice()) + price(", target ", row.getTargetPrice()));
    return plain(row.getUpdatedAtMs(), "position", "", words);
  }

  private static List<NumberRow> numbers(List<NumberOf> numbers) {
    return numbers.stream().map(each -> new NumberRow(each.getName(), each.getValue())).toList();
  }

  private static StepRow plain(long atMs, String what, String verdict, String words) {
    return new StepRow(atMs, null, what, verdict, "", words, "", List.of(), List.of(), "");
  }

  private static String runbook(String code) {
    return ReasonCode.named(code).map(each -> RunbookPage.section(each.name())).orElse("");
  }
}
