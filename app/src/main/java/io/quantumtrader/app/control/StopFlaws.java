package io.quantumtrader.app.control;

import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.close.StopCheck;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why the stages would deny a new stop, as far as ledger and snapshots show it already: by the rule
 * that they go by themselves.
 *
 * @param newStop the new stop, quote currency
 * @param marks the price that each position was last valued at, quote currency, by position id
 */
record StopFlaws(BigDecimal newStop, Map<String, BigDecimal> marks) {

  /** Returns why, in one line, or empty where nothing speaks against it. */
  Optional<String> of(PositionLedger row) {
    BigDecimal mark = marks.getOrDefault(row.getPositionId(), row.getEntryPrice());
    return StopCheck.flaw(newStop, row, mark, Optional.empty())
        .map(
            flaw ->
                "%s %s %s %s: %s (%s)"
                    .formatted(
                        row.getAccount(),
                        row.getSymbol(),
                        row.getSide(),
                        RecordJson.plain(row.getQuantity()),
                        flaw.code(),
                        numbers(flaw)));
  }

  private static String numbers(Finding flaw) {
    return flaw.numbers().list().stream()
        .map(number -> number.getName() + "=" + number.getValue())
        .collect(Collectors.joining(", "));
  }
}
